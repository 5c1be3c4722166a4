using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.SampleWorld.Hosting;

namespace Escapement.SampleWorld.Story;

/// <summary>Somebody with a token, who does what is done by the API that everybody has.</summary>
internal sealed class Person(SampleHost host, string secret, string name)
{
    private static readonly HttpClient Client = new();

    /// <summary>What lets it in.</summary>
    public string Secret => secret;

    /// <summary>What the audit calls it.</summary>
    public string Name => name;

    public Task<JsonNode> GetAsync(string path) => AskAsync(HttpMethod.Get, path);

    public Task<JsonNode> PostAsync(string path, object? body = null) => AskAsync(HttpMethod.Post, path, body);

    public Task<JsonNode> PatchAsync(string path, object body) => AskAsync(HttpMethod.Patch, path, body);

    public Task<JsonNode> DeleteAsync(string path) => AskAsync(HttpMethod.Delete, path);

    /// <summary>Shows what a change would do, and does that.</summary>
    /// <param name="path">Of the change; its preview lies below it.</param>
    /// <param name="asked">What the preview is asked.</param>
    /// <param name="more">What the change is told besides.</param>
    /// <param name="query">Of the preview.</param>
    public async Task<JsonNode> DoAsPreviewedAsync(string path, object? asked = null, JsonObject? more = null, string query = "")
    {
        var shown = await PostAsync($"{path}/preview{query}", asked);
        var body = more ?? [];
        body["previewToken"] = (string?)shown["token"] ?? (string)shown["preview"]!["token"]!;
        return await PostAsync(path, body);
    }

    /// <summary>Asks, and takes whatever the answer is.</summary>
    public async Task<HttpResponseMessage> TryAsync(HttpMethod method, string path, object? body = null, string? tenant = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (tenant is not null)
        {
            request.Headers.Add("x-alga-tenant", tenant);
        }

        request.Content = body switch
        {
            null => null,
            byte[] bundle => new ByteArrayContent(bundle) { Headers = { ContentType = new MediaTypeHeaderValue("application/zstd") } },
            _ => JsonContent.Create(body),
        };
        return await Client.SendAsync(request);
    }

    private async Task<JsonNode> AskAsync(HttpMethod method, string path, object? body = null)
    {
        using var answer = await TryAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{method} {path} by {name} at {host.Now:u} answered {(int)answer.StatusCode}: {text}");
    }
}
