using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Sessions;

/// <summary>The browser's own session: begun by a token that is pasted once, or by the code of a link, ended by signing out.</summary>
internal static class SessionEndpoints
{
    /// <summary>Who is calling, by whatever let them in.</summary>
    public static void MapWhoIsCalling(this RouteGroupBuilder api) => api.MapGroup("/session").WithTags("Session").MapGet("", Get)
        .Asks(Permission.ReadDescription)
        .WithMetadata(new SaysNobody())
        .Describe(
            "getSession",
            "Show who is calling, and what the host's clock shows",
            "204 in place of 401 for a request without a token and with the header x-escapement-console: 1: nobody is signed in.")
        .Answers<SessionJson>(200)
        .Produces(204);

    public static void MapSession(this RouteGroupBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Session");
        session.MapPost("", BeginAsync)
            .AllowAnonymous()
            .Describe(
                "beginSession",
                "Sign in with a token or a code",
                "Sets the session's cookie. Taken from the host's own page alone: with the header x-escapement-console: 1 and its Origin. "
                + "The session lasts 8 hours without use, 24 at most, and no longer than the token's secret lets in. A code is used up by it.")
            .WithExample("""{"token":"the secret of a token"}""")
            .Answers<SessionJson>(201).Refuses(403, 429);
        session.MapPost("/code", MakeCodeAsync)
            .Asks(Permission.ReadDescription)
            .Describe(
                "makeSignInCode",
                "Make a code that signs a browser in once",
                "For a link: an address of the console, #sign-in=, and the code. It signs in as the token does that the request brings, within 5 minutes. "
                + "A session's cookie makes none, nor does a provider's token.")
            .Answers<SignInCodeJson>(201);
        session.MapDelete("", EndAsync)
            .Asks(Permission.ReadDescription)
            .Describe("endSession", "Sign out", "Ends the session whose cookie is sent, if one is: on this node at once, on others within 5 seconds.")
            .Produces(204);
    }

    private static async Task<IResult> BeginAsync(
        HttpContext context, JsonBody<SignInRequest> body, SessionOperations operations, EscapementOptions options, TimeProvider time)
    {
        if (body.Value is { Token: not null, Code: not null })
        {
            return Refusal.BadRequest("code", "Sign in with a token or with a code, not with both: leave one out");
        }

        if (!OwnPage.Sends(context.Request))
        {
            return Refusal.Forbidden("Sessions are begun by the host's own page alone");
        }

        if (SessionCookie.FindObstacle(context, options) is { } obstacle)
        {
            return Refusal.Forbidden(obstacle);
        }

        var begun = body.Value.Code is { } code
            ? await operations.BeginByCodeAsync(code, context.RequestAborted)
            : await operations.BeginAsync(body.Value.Token ?? "", context.RequestAborted);
        switch (begun)
        {
            case SignInOutcome.Begun { Session: var session, Secret: var secret }:
                await EndFormerAsync(context, operations);
                SessionCookie.Write(context.Response, secret, ConsoleSession.Longest);
                return Answer.Json(SessionJson.Of(session.Bearer, session, token: null, time), StatusCodes.Status201Created);
            case SignInOutcome.NotForBrowsers:
                return NotForBrowsers();
            case SignInOutcome.Unknown:
                await SignInRefusal.SlowDownAsync(context);
                return context.Features.Get<SignInRefusal>()?.Answer ?? (body.Value.Code is null ? Refusal.WrongToken() : Refusal.WrongCode());
            default:
                throw new InvalidOperationException($"An outcome that nobody knows: {begun}");
        }
    }

    /// <summary>Ends what a browser was signed in with before it signed in anew.</summary>
    public static async ValueTask EndFormerAsync(HttpContext context, SessionOperations operations)
    {
        if (SessionCookie.Read(context.Request) is { } former)
        {
            await operations.EndFormerAsync(former, context.RequestAborted);
        }
    }

    /// <summary>What somebody is told who may do nothing that the console is for.</summary>
    public static ProblemResult NotForBrowsers() => Refusal.Forbidden(
        "The role gateway calls extensions and may do nothing that a browser's session is for; sign in as an operator, publisher, admin or viewer");

    // A code of a session would outlast it, and there would be no end to the sessions that a stolen one begets.
    private static async Task<IResult> MakeCodeAsync(HttpContext context, SessionOperations operations)
    {
        if (await operations.MakeCodeAsync(BearerToken.Of(context.Request) ?? "", context.RequestAborted) is not var (code, expiresAt))
        {
            return Refusal.Forbidden("A code is made with a token of the host: send it as Authorization: Bearer");
        }

        return Answer.Json(new SignInCodeJson(code, expiresAt), StatusCodes.Status201Created);
    }

    private static IResult Get(HttpContext context, TimeProvider time) =>
        Answer.Json(SessionJson.Of(context.Principal(), context.Features.Get<ConsoleSession>(), context.Features.Get<ApiToken>(), time));

    private static async Task<IResult> EndAsync(HttpContext context, SessionOperations operations)
    {
        if (context.Features.Get<ConsoleSession>() is { } session)
        {
            await operations.EndAsync(session, context.RequestAborted);
            SessionCookie.Clear(context.Response);
        }

        return TypedResults.NoContent();
    }
}

/// <summary>Signing in: with one of the two.</summary>
/// <param name="Token">The secret of a token.</param>
/// <param name="Code">What a link holds behind its #.</param>
internal sealed record SignInRequest(string? Token = null, string? Code = null);

/// <summary>A code that signs a browser in once.</summary>
/// <param name="Code">It; shown this once.</param>
/// <param name="ExpiresAt">From when on it is good for nothing.</param>
internal sealed record SignInCodeJson(string Code, DateTimeOffset ExpiresAt);

/// <summary>Who is calling.</summary>
/// <param name="Name">What audit entries call them.</param>
/// <param name="Role">Their role.</param>
/// <param name="Tenants">Their tenants by name, or <c>*</c> for all.</param>
/// <param name="EndsAt">When the session ends if nobody uses it; absent for a caller without one.</param>
/// <param name="SessionId">The session; absent for a caller without one.</param>
/// <param name="TokenId">The token that lets them in, or that the session was begun with; absent when it is none of the host's.</param>
/// <param name="Now">What the host's clock shows. It is what schedules go by, and with a time lapse another than the real time.</param>
/// <param name="ClockSpeed">How many seconds pass on the host's clock in a second: 1, or what the time lapse is set to.</param>
internal sealed record SessionJson(
    string Name,
    string Role,
    IReadOnlyList<string> Tenants,
    DateTimeOffset? EndsAt,
    string? SessionId,
    string? TokenId,
    DateTimeOffset Now,
    double ClockSpeed)
{
    public static SessionJson Of(EscapementPrincipal caller, ConsoleSession? session, ApiToken? token, TimeProvider time) => new(
        caller.Name,
        caller.Role.ToString().ToLowerInvariant(),
        caller.Tenants.IsAll ? ["*"] : [.. caller.Tenants.Named.Select(t => t.Value)],
        session?.EndsAt(time),
        session?.Id.ToString(),
        (session?.TokenId ?? token?.Id)?.ToString(),
        time.GetUtcNow(),
        time.Speed());
}
