using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.OpenApi;

/// <summary>
/// Holds every answer that a test gets against the document, of which another test knows that it is the server's: whatever a test makes the server answer, its
/// schema says so.
/// </summary>
internal sealed class HeldToTheDocument() : DelegatingHandler(new HttpClientHandler())
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(Path.Combine(FindRoot(), "console/api/openapi.json")))!;
    private static readonly SchemaCheck Check = new(Document);
    private static readonly List<(string[] Segments, JsonObject Operations)> Paths =
        [.. Document["paths"]!.AsObject().Select(p => (p.Key.Split('/'), p.Value!.AsObject())).OrderBy(p => p.Item1.Count(IsParameter))];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json"
            && FindSchema(request, answer) is { } schema)
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            var faults = Check.Find(schema, JsonNode.Parse(body));
            Assert.True(
                faults.Count == 0,
                $"{request.Method} {request.RequestUri!.AbsolutePath} answered {(int)answer.StatusCode}: {string.Join("; ", faults)} in {body}");
        }

        return answer;
    }

    private static JsonNode? FindSchema(HttpRequestMessage request, HttpResponseMessage answer)
    {
        var segments = request.RequestUri!.AbsolutePath.Split('/');
        var operations = Paths.Find(p => IsAt(segments, p.Segments)).Operations;
        return operations?[request.Method.Method.ToLowerInvariant()]?["responses"]?[$"{(int)answer.StatusCode}"]?["content"]
            ?[answer.Content.Headers.ContentType!.MediaType!]?["schema"];
    }

    private static bool IsAt(string[] segments, string[] pattern) =>
        segments.Length == pattern.Length && segments.Zip(pattern).All(s => IsParameter(s.Second) || s.First == s.Second);

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Escapement.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository was not found");
        }

        return folder;
    }
}
