using System.Text;
using System.Text.Json.Nodes;
using Escapement.Server.Tests.Access;

namespace Escapement.Server.Tests.OpenApi;

/// <summary>The document's examples are sent to the server that it describes, and what that answers is held against what it says.</summary>
public sealed class ExampleTests
{
    // What takes back what others did, after what looks at it.
    private static readonly string[] Late = ["preview", "resume"];

    private static readonly string[] Methods = ["get", "post", "patch", "put", "delete"];

    /// <summary>Operations whose example cannot be carried out here, with what they answer in its place.</summary>
    private static readonly Dictionary<string, int> Refused = new(StringComparer.Ordinal)
    {
        ["withdrawExtensionVersion"] = 409, // it is installed
        ["beginSession"] = 403, // not from the host's own page
        ["publishExtension"] = 415, // a bundle is no JSON
        ["previewUpgrade"] = 422, // there is no other version
        ["upgradeInstall"] = 404, // nothing was previewed
        ["previewRollback"] = 409, // there is no version before
        ["rollbackInstall"] = 404, // nothing was previewed
        ["purgeSchedule"] = 404, // it was restored
        ["restoreInstall"] = 409, // the extension is installed again
        ["takeSkipBack"] = 404, // the change of its times made the skip void
        ["runScheduleNow"] = 409, // a run is open, and nothing fires here
        ["repeatRun"] = 409, // it is open
        ["previewBackfill"] = 422, // the ledger does not reach back so far
        ["beginBackfill"] = 404, // nothing was previewed
        ["pauseBackfill"] = 409, // there is none
        ["resumeBackfill"] = 409, // there is none
        ["cancelBackfill"] = 409, // there is none
        ["beginBulkChange"] = 404, // nothing was previewed
        ["undoBulkChange"] = 404, // nothing was previewed
        ["cancelBulkChange"] = 409, // it has ended
        ["resumeHost"] = 404, // nothing was previewed
        ["resumeTenant"] = 404, // nothing was previewed
        ["resumeInstall"] = 404, // nothing was previewed
        ["resumeSchedule"] = 404, // nothing was previewed
        ["previewDrainNode"] = 409, // it is drained
        ["undoChange"] = 404, // nothing was previewed
        ["undoHostChange"] = 404, // nothing was previewed
    };

    [Fact]
    public async Task EveryOperation_SentWithItsExample_AnswersAsTheDocumentSays()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        var document = await server.GetAsync("/openapi/v1.json");
        var check = new SchemaCheck(document);
        var things = new ThingsOfATenant(server, "t1");
        var faults = new List<string>();
        var sent = 0;
        foreach (var (path, method, operation) in Operations(document))
        {
            var name = (string)operation["operationId"]!;
            var example = operation["requestBody"]?["content"]?["application/json"]?["example"];
            if (example is not null)
            {
                var asked = operation["requestBody"]!["content"]!["application/json"]!["schema"]!;
                faults.AddRange(check.Find(asked, example).Select(f => $"{name}'s example: {f}"));
            }

            // The tenant of the others has the extension already.
            var target = name == "installExtension"
                ? "/api/v1/tenants/another/installs"
                : (await things.FillAsync(path)).Replace("{at}", "2030-03-02T09:00:00Z", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(HttpMethod.Parse(method), target)
            {
                Content = example is null ? null : new StringContent(example.ToJsonString(), Encoding.UTF8, "application/json"),
            };
            using var answer = await server.Client.SendAsync(request);
            things.Done($"{method.ToUpperInvariant()} {path}");
            var status = (int)answer.StatusCode;
            var text = await answer.Content.ReadAsStringAsync();
            if (Refused.TryGetValue(name, out var refused) ? status != refused : status is < 200 or > 299)
            {
                faults.Add($"{name} answered {status}: {text}");
            }

            var documented = operation["responses"]?[$"{status}"];
            if (documented is null)
            {
                faults.Add($"{name} answered {status}, of which the document says nothing");
                continue;
            }

            if (documented["content"]?[answer.Content.Headers.ContentType?.MediaType ?? ""]?["schema"] is { } schema)
            {
                faults.AddRange(check.Find(schema, JsonNode.Parse(text)).Select(f => $"{name}: {f}"));
            }
            else if (text.Length > 0)
            {
                faults.Add($"{name} answered {answer.Content.Headers.ContentType}, of which the document says nothing");
            }

            sent++;
        }

        Assert.Empty(faults);
        Assert.True(sent >= 30, $"Only {sent} operations were sent");
    }

    [Fact]
    public async Task EveryOperation_ThatTakesABody_HasAnExample()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        var without = Operations(await server.GetAsync("/openapi/v1.json"))
            .Where(o => o.Operation["requestBody"]?["content"]?["application/json"] is { } body && body["example"] is null)
            .Select(o => (string?)o.Operation["operationId"]);
        Assert.Empty(without);
    }

    // What reads first, what takes away last; not streams, which do not end.
    private static IEnumerable<(string Path, string Method, JsonNode Operation)> Operations(JsonNode document) => document["paths"]!.AsObject()
        .Where(p => p.Key.StartsWith("/api/v1/", StringComparison.Ordinal))
        .SelectMany(p => p.Value!.AsObject().Where(o => Methods.Contains(o.Key)).Select(o => (p.Key, o.Key, o.Value!)))
        .Where(o => o.Item3["responses"]?["200"]?["content"]?["text/event-stream"] is null)
        .OrderBy(o => Array.IndexOf(Methods, o.Item2)).ThenBy(o => o.Item2 == "delete" ? -o.Item1.Length : Array.IndexOf(Late, o.Item1.Split('/')[^1]));
}
