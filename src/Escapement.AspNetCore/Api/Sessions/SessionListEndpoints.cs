using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Sessions;

/// <summary>Browsers that are signed in. One that the caller may not see is as unknown as one that never was.</summary>
internal static class SessionListEndpoints
{
    public static void MapSessions(this RouteGroupBuilder api)
    {
        var sessions = api.MapGroup("/sessions").WithTags("Session");
        sessions.MapGet("", ListAsync)
            .Asks(Permission.ReadTokens)
            .Describe(
                "listSessions",
                "List sessions",
                "Those that go on, the latest begun first; of those who may do no more than the caller. A page may be short and have a nextCursor all the "
                + "same.")
            .Answers<Page<ListedSessionJson>>(200);
        sessions.MapDelete("/{sessionId}", EndAsync)
            .Asks(Permission.ChangeTokens)
            .Describe(
                "endOtherSession",
                "End a session",
                "Its browser is signed out: on this node at once, on others within 5 seconds. Who has the token can sign in again: revoke or rotate that too.")
            .Produces(204).Refuses(404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, SessionOperations operations, TimeProvider time, [FromQuery] string? cursor, [FromQuery] string? limit)
    {
        var query = new ListQuery();
        var (before, count) = (query.Cursor(cursor), query.Limit(limit));
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var (found, last) = await operations.ListAsync(context.Principal(), before?.Id, count, context.RequestAborted);
        var own = context.Features.Get<ConsoleSession>()?.Id;
        return Answer.Json(new Page<ListedSessionJson>(
            [.. found.Select(s => ListedSessionJson.Of(s, own, time))], last is null ? null : Paging.Write(new PageCursor(last.CreatedAt, last.Id))));
    }

    private static async Task<IResult> EndAsync(string sessionId, HttpContext context, SessionOperations operations)
    {
        if (!Ids.TryParse(sessionId, out var id) || !await operations.EndAsync(context.Principal(), context.Actor(), id, context.RequestAborted))
        {
            return Refusal.NotFound("There is no such session for this caller");
        }

        if (context.Features.Get<ConsoleSession>()?.Id == id)
        {
            SessionCookie.Clear(context.Response);
        }

        return TypedResults.NoContent();
    }
}

/// <summary>A browser that is signed in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What audit entries call whoever signed in.</param>
/// <param name="Role">Their role.</param>
/// <param name="Tenants">Their tenants by name, or <c>*</c> for all.</param>
/// <param name="TokenId">The token that it was begun with; absent when a provider signed its bearer in.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
/// <param name="EndsAt">When it ends if nobody uses it.</param>
/// <param name="Current">Whether it is the one that asks.</param>
internal sealed record ListedSessionJson(
    string Id,
    string Name,
    string Role,
    IReadOnlyList<string> Tenants,
    string? TokenId,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    DateTimeOffset EndsAt,
    bool Current)
{
    public static ListedSessionJson Of(ConsoleSession session, Guid? own, TimeProvider time)
    {
        var who = SessionJson.Of(session.Bearer, session, token: null, time);
        return new(
            session.Id.ToString(),
            who.Name,
            who.Role,
            who.Tenants,
            who.TokenId,
            session.CreatedAt,
            session.LastUsedAt,
            session.EndsAt(time),
            session.Id == own);
    }
}
