using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Nodes;

/// <summary>The nodes of the host, and when there were none.</summary>
internal static class NodeEndpoints
{
    private const int MostOutages = 1_000;

    public static void MapNodes(this RouteGroupBuilder api)
    {
        var nodes = api.MapGroup("").WithTags("Nodes");
        nodes.MapGet("/nodes", async (HttpContext context, INodeStore store, NodeSilence silence, TimeProvider time) =>
            {
                var now = time.GetUtcNow();
                return Answer.Json(new NodesJson([.. (await store.ListAsync(context.RequestAborted)).Select(n => NodeJson.Of(n, now, silence.Limit))]));
            })
            .Asks(Permission.ReadNode)
            .Describe(
                "listNodes",
                "List the nodes of the host",
                "With their last signs of life, which they give every ten seconds. They are kept as long as runs are.")
            .Answers<NodesJson>(200);
        nodes.MapGet("/outages", ListOutagesAsync)
            .Asks(Permission.ReadNode)
            .Describe(
                "listOutages",
                "List times in which no node that fires gave a sign of life",
                "Half a minute and longer, written by the first node that came back, the latest first. A node fires on behind its last sign of life until it "
                + "dies, so what started within the first half minute was not kept from it. from is 30 days ago when it is absent, to is now.")
            .Answers<OutagesJson>(200).Refuses(400);
    }

    private static async Task<IResult> ListOutagesAsync(
        HttpContext context, INodeStore store, TimeProvider time, [FromQuery] string? from = null, [FromQuery] string? to = null)
    {
        var now = time.GetUtcNow();
        var asked = new ListQuery();
        var begin = asked.Instant("from", from) ?? now.AddDays(-30);
        var end = asked.Instant("to", to) ?? now;
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        return begin >= end
            ? Refusal.BadRequest("to", "to must be later than from")
            : Answer.Json(new OutagesJson([.. (await store.ListOutagesAsync(begin, end, MostOutages, context.RequestAborted)).Select(OutageJson.Of)]));
    }
}
