using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Sessions;

/// <summary>The browser's own session: begun by a token that is pasted once, ended by signing out.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this RouteGroupBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Session");
        session.MapPost("", BeginAsync)
            .AllowAnonymous()
            .Describe(
                "beginSession",
                "Sign in with a token",
                "Sets the session's cookie. Taken from the host's own page alone: with the header x-escapement-console: 1 and its Origin. "
                + "The session lasts 8 hours without use, 24 at most, and no longer than the secret lets in.")
            .WithExample("""{"token":"the secret of a token"}""")
            .Answers<SessionJson>(201).Refuses(403, 429);
        session.MapGet("", Get)
            .Asks(Permission.ReadDescription)
            .Describe("getSession", "Show who is calling")
            .Answers<SessionJson>(200);
        session.MapDelete("", EndAsync)
            .Asks(Permission.ReadDescription)
            .Describe("endSession", "Sign out", "Ends the session whose cookie is sent, if one is: on this node at once, on others within 5 seconds.")
            .Produces(204);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, JsonBody<SignInRequest> body, SessionOperations operations, EscapementOptions options)
    {
        if (!OwnPage.Sends(context.Request))
        {
            return Refusal.Forbidden("Sessions are begun by the host's own page alone");
        }

        if (SessionCookie.FindObstacle(context, options) is { } obstacle)
        {
            return Refusal.Forbidden(obstacle);
        }

        if (await operations.BeginAsync(body.Value.Token ?? "", context.RequestAborted) is not var (session, secret))
        {
            await SignInRefusal.SlowDownAsync(context);
            return context.Features.Get<SignInRefusal>()?.Answer ?? Refusal.WrongToken();
        }

        SessionCookie.Write(context.Response, secret, ConsoleSession.Longest);
        return Answer.Json(SessionJson.Of(session.Bearer, session), StatusCodes.Status201Created);
    }

    private static IResult Get(HttpContext context) => Answer.Json(SessionJson.Of(context.Principal(), context.Features.Get<ConsoleSession>()));

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

/// <summary>Signing in.</summary>
/// <param name="Token">The secret of a token.</param>
internal sealed record SignInRequest(string? Token = null);

/// <summary>Who is calling.</summary>
/// <param name="Name">What audit entries call them.</param>
/// <param name="Role">Their role.</param>
/// <param name="Tenants">Their tenants by name, or <c>*</c> for all.</param>
/// <param name="EndsAt">When the session ends if nobody uses it; absent for a caller without one.</param>
internal sealed record SessionJson(string Name, string Role, IReadOnlyList<string> Tenants, DateTimeOffset? EndsAt)
{
    public static SessionJson Of(EscapementPrincipal caller, ConsoleSession? session) => new(
        caller.Name,
        caller.Role.ToString().ToLowerInvariant(),
        caller.Tenants.IsAll ? ["*"] : [.. caller.Tenants.Named.Select(t => t.Value)],
        session?.EndsAt);
}
