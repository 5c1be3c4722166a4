using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Calls;

/// <summary>Why gateway calls failed, for those who may read the install's runs.</summary>
internal static class CallEndpoints
{
    public static void MapCalls(this RouteGroupBuilder install)
    {
        var calls = install.MapGroup("/calls").WithTags("Calls");
        calls.MapGet("", ListAsync)
            .Asks(Permission.ReadTenant)
            .Describe(
                "listCalls",
                "List an install's gateway calls that failed",
                "Newest first, the last 200: without an answer, with status 500 or above, or with an answer of which headers were left out. "
                + "When very many come at once some are left out.")
            .Answers<Page<CallJson>>(200);
        calls.MapGet("/{requestId}", GetAsync)
            .Asks(Permission.ReadTenant)
            .Describe("getCall", "Show a gateway call", "With its error and what the guest logged and printed. The id is the answer's x-request-id.")
            .Answers<CallJson>(200).Refuses(404);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ICallStore store, [FromQuery] string? cursor, [FromQuery] string? limit)
    {
        var query = new ListQuery();
        var (before, count) = (query.Cursor(cursor), query.Limit(limit));
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var rows = await store.ListAsync(context.InstalledExtension().Install.Scope, before?.Id, count + 1, context.RequestAborted);
        return Answer.Json(Paging.Page(rows, count, CallJson.Of, c => new PageCursor(c.At, c.Id)));
    }

    private static async Task<IResult> GetAsync(string requestId, HttpContext context, ICallStore store) =>
        Ids.TryParse(requestId, out var id)
            && await store.GetAsync(context.InstalledExtension().Install.Scope, id, context.RequestAborted) is { } call
            ? Answer.Json(CallJson.WithEvidence(call))
            : Refusal.NotFound("No call of this id is kept of this install");
}
