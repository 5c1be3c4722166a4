using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api.Nodes;

/// <summary>The nodes of the host, draining them, and when there were none.</summary>
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
        nodes.MapPost("/nodes/{nodeId}/drain", async (string nodeId, HttpContext context, JsonBody<DrainRequest> body, NodeOperations operations) =>
                Answered(context, await operations.DrainAsync(nodeId, body.Value.Note, context.Actor(), context.RequestAborted)))
            .Asks(Permission.ChangeHost)
            .Describe(
                "drainNode",
                "Have a node take nothing new",
                "It hears of it within ten seconds, the node that answers at once. Runs under way come to their end, other nodes take what comes due, and it "
                + "goes on serving the API. A process that is started again is another node, and takes work. 409 if it is drained already, has stopped or is "
                + "to, or takes no work anyway.")
            .WithExample("""{"note":"its machine gets another disk"}""")
            .KeepsAnswer<DrainOutcome>(Answered)
            .Answers<NodeJson>(200).Refuses(404, 409, 422);
        nodes.MapPost("/nodes/{nodeId}/drain/preview", PreviewAsync)
            .Asks(Permission.ReadNode)
            .Describe("previewDrainNode", "Show what draining a node would do", "Changes nothing. 409 where draining it would be.")
            .Answers<DrainPreviewJson>(200).Refuses(404, 409);
        nodes.MapPost("/nodes/{nodeId}/resume", async (string nodeId, HttpContext context, NodeOperations operations) =>
                Answered(context, await operations.ResumeAsync(nodeId, context.Actor(), context.RequestAborted)))
            .Asks(Permission.ChangeHost)
            .Describe(
                "resumeNode",
                "Let a drained node take work again",
                "It hears of it as of being drained. Where no other node took work meanwhile, what came due is caught up as policies say. 409 if it is not "
                + "drained, has stopped or is to.")
            .KeepsAnswer<DrainOutcome>(Answered)
            .Answers<NodeJson>(200).Refuses(404, 409);
        nodes.MapGet("/outages", ListOutagesAsync)
            .Asks(Permission.ReadNode)
            .Describe(
                "listOutages",
                "List times in which no node took work",
                "No node that fires gave a sign of life, or all that did were drained; half a minute and longer, written by the first node that takes work "
                + "again, the latest first. A node fires on behind its last sign of life until it dies, so what started within the first half "
                + "minute was not kept from it. from is 30 days ago when it is absent, to is now.")
            .Answers<OutagesJson>(200).Refuses(400);
    }

    private static IResult Answered(HttpContext context, DrainOutcome outcome)
    {
        var services = context.RequestServices;
        return outcome is DrainOutcome.Done { Node: var node }
            ? Answer.Json(NodeJson.Of(node, services.GetRequiredService<TimeProvider>().GetUtcNow(), services.GetRequiredService<NodeSilence>().Limit))
            : Refuse(outcome);
    }

    private static async Task<IResult> PreviewAsync(string nodeId, HttpContext context, NodeOperations operations)
    {
        var (outcome, others) = await operations.PreviewAsync(nodeId, context.RequestAborted);
        return outcome is DrainOutcome.Done
            ? Answer.Json(new DrainPreviewJson([.. others.Select(n => n.Name)], others.Count == 0))
            : Refuse(outcome);
    }

    private static ProblemResult Refuse(DrainOutcome outcome) => outcome switch
    {
        DrainOutcome.Invalid invalid => Refusal.Invalid(invalid.Problems),
        DrainOutcome.NotFound => Refusal.NotFound(outcome.Refusal!),
        DrainOutcome.Stopped => Refusal.Conflict("node-stopped", "The node has stopped or is to", outcome.Refusal!),
        DrainOutcome.FiresNothing => Refusal.Conflict("node-takes-no-work", "The node takes no work", outcome.Refusal!),
        DrainOutcome.Already => Refusal.Conflict("already-drained", "Already drained", outcome.Refusal!),
        DrainOutcome.NotDrained => Refusal.Conflict("not-drained", "Not drained", outcome.Refusal!),
        _ => throw new InvalidOperationException($"Not a refusal of a drain: {outcome}"),
    };

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
