using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api.Tokens;

/// <summary>Tokens: who may use the API. A token that the caller may not see is as unknown as one that never was.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this RouteGroupBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("Tokens");
        tokens.MapGet("", ListAsync)
            .Asks(Permission.ReadTokens)
            .Describe(
                "listTokens",
                "List tokens",
                "Newest first, without secrets; of those that the caller may see. A page may be short and have a nextCursor all the same.")
            .Answers<Page<TokenJson>>(200);
        tokens.MapPost("", CreateAsync)
            .Asks(Permission.ChangeTokens)
            .Describe(
                "createToken",
                "Make a token",
                "The answer holds the secret, which is shown this once. A token may do no more than the caller who makes it.")
            .WithExample("""{"name":"Acme night shift","role":"viewer","tenants":["acme"],"expires":"never"}""")
            .KeepsAnswer<TokenOutcome>(Made)
            .Answers<TokenJson>(201).Refuses(422);
        tokens.MapGet("/{tokenId}", GetAsync)
            .Asks(Permission.ReadTokens)
            .Describe("getToken", "Show a token")
            .Answers<TokenJson>(200).Refuses(404);
        tokens.MapPost("/{tokenId}/rotate", RotateAsync)
            .Asks(Permission.ChangeTokens)
            .Describe(
                "rotateToken",
                "Give a token another secret",
                "The answer holds the new secret, which is shown this once. The old one works through the grace; one that was still in its grace ends now.")
            .WithExample("""{"graceSeconds":3600}""")
            .KeepsAnswer<TokenOutcome>(Rotated)
            .TakesIfMatch()
            .Answers<TokenJson>(200).Refuses(404, 422);
        tokens.MapDelete("/{tokenId}", RevokeAsync)
            .Asks(Permission.ChangeTokens)
            .Describe(
                "revokeToken",
                "Revoke a token",
                "It lets nobody in any more: on this node at once, on others within 5 seconds. The last operator's is 409 unless evenLast is true.")
            .TakesIfMatch()
            .Produces(204).Refuses(404, 409);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, TokenOperations operations, TimeProvider time, [FromQuery] string? cursor, [FromQuery] string? limit)
    {
        var query = new ListQuery();
        var (before, count) = (query.Cursor(cursor), query.Limit(limit));
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var (found, last) = await operations.ListAsync(context.Principal(), before?.Id, count, context.RequestAborted);
        var now = time.GetUtcNow();
        return Answer.Json(new Page<TokenJson>(
            [.. found.Select(t => TokenJson.Of(t, now))], last is null ? null : Paging.Write(new PageCursor(last.CreatedAt, last.Id))));
    }

    private static async Task<IResult> GetAsync(string tokenId, HttpContext context, TokenOperations operations, TimeProvider time) =>
        Ids.TryParse(tokenId, out var id) && await operations.GetAsync(context.Principal(), id, context.RequestAborted) is { } token
            ? Answer.Json(TokenJson.Of(token, time.GetUtcNow()))
            : NotFound();

    private static async Task<IResult> CreateAsync(HttpContext context, JsonBody<TokenRequest> body, TokenOperations operations) =>
        WithSecret(context, await operations.CreateAsync(context.Principal(), context.Actor(), body.Value.ToInput(), context.RequestAborted), Made);

    private static async Task<IResult> RotateAsync(string tokenId, HttpContext context, JsonBody<RotationRequest> body, TokenOperations operations)
    {
        if (!Ids.TryParse(tokenId, out var id))
        {
            return NotFound();
        }

        var (grace, expires) = body.Value;
        var rotated = await operations.RotateAsync(context.Principal(), context.Actor(), id, grace, expires, Expected(context), context.RequestAborted);
        return WithSecret(context, rotated, Rotated);
    }

    private static async Task<IResult> RevokeAsync(string tokenId, HttpContext context, TokenOperations operations, [FromQuery] string? evenLast)
    {
        if (evenLast is not (null or "true" or "false"))
        {
            return Refusal.BadRequest("evenLast", "evenLast must be true or false");
        }

        if (!Ids.TryParse(tokenId, out var id))
        {
            return NotFound();
        }

        var ended = await operations.RevokeAsync(
            context.Principal(), context.Actor(), id, evenLast == "true", Expected(context), context.RequestAborted);
        return ended is TokenOutcome.Revoked ? TypedResults.NoContent() : Refuse(context, ended);
    }

    private static Func<ApiToken, bool>? Expected(HttpContext context) => context.IfMatch()?.Expects<ApiToken>(TokenJson.Fields);

    private static IResult Made(HttpContext context, TokenOutcome outcome) => outcome is TokenOutcome.Done { Token: var token }
        ? Answer.Created(context, $"{context.Request.Path}/{token.Id}", TokenJson.Of(token, Now(context)))
        : Refuse(context, outcome);

    private static IResult Rotated(HttpContext context, TokenOutcome outcome) => outcome is TokenOutcome.Done { Token: var token }
        ? Answer.Json(TokenJson.Of(token, Now(context)))
        : Refuse(context, outcome);

    // The secret is shown to whoever asked first, and is not in what is kept for those who ask again.
    private static IResult WithSecret(HttpContext context, TokenOutcome outcome, Func<HttpContext, TokenOutcome, IResult> answer)
    {
        if (outcome is not TokenOutcome.Done done || answer(context, outcome) is not JsonAnswer { Value: TokenJson shown } plain)
        {
            return answer(context, outcome);
        }

        return new JsonAnswer(shown with { Secret = done.Secret }, plain.Status) { Location = plain.Location };
    }

    private static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    private static ProblemResult Refuse(HttpContext context, TokenOutcome outcome) => outcome switch
    {
        TokenOutcome.Invalid invalid => Refusal.Invalid(invalid.Problems),
        TokenOutcome.BeyondMaker => Refusal.Forbidden("A token may do no more than the caller who makes it"),
        TokenOutcome.ChangedMeanwhile { Current: var current } => context.IfMatch()!.Refuse(TokenJson.Fields(current), TokenJson.Of(current, Now(context))),
        TokenOutcome.LastOperator => Refusal.Conflict(
            "last-operator",
            "The last operator's token",
            "No other operator's token would be left. Make one first and try it; or, if operators get in by other ways, revoke this one with evenLast=true"),
        TokenOutcome.NotFound => NotFound(),
        var unknown => throw new InvalidOperationException($"An outcome that nobody knows: {unknown}"),
    };

    private static ProblemResult NotFound() => Refusal.NotFound("There is no such token for this caller");
}
