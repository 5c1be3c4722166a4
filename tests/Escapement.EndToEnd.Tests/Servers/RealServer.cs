using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>A server process that is ready, and a client with its token.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private RealServer(ServerProcess process, HttpClient client)
    {
        Process = process;
        Client = client;
    }

    public ServerProcess Process { get; }

    public HttpClient Client { get; }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static Task<RealServer> StartAsync(ServerFolder folder, params (string Name, string Value)[] environment) => StartAsync([], folder, environment);

    /// <summary>Starts it by way of a program that becomes it.</summary>
    public static async Task<RealServer> StartAsync(string[] wrapper, ServerFolder folder, params (string Name, string Value)[] environment)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var process = new ServerProcess(wrapper, ["--data", folder.Data, "--urls", address, "--token-file", folder.TokenFile], [.. folder.Settings, .. environment]);
        var client = new HttpClient { BaseAddress = new Uri(address) };
        try
        {
            await Poll.UntilAsync("the server is ready", async () =>
            {
                Assert.False(process.HasExited, $"The server ended instead of starting:\n{process.Output}");
                return await IsReadyAsync(client);
            });

            // Another node on the same store may have made the token just now, and is about to write it down.
            await Poll.UntilAsync("there is a token", () => Task.FromResult(File.Exists(folder.TokenFile)));
            var token = await File.ReadAllTextAsync(folder.TokenFile);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
            return new RealServer(process, client);
        }
        catch
        {
            client.Dispose();
            process.Dispose();
            throw;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public Task<bool> IsReadyAsync() => IsReadyAsync(Client);

    public async Task<HttpResponseMessage> PublishAsync(byte[] bundle)
    {
        using var content = new ByteArrayContent(bundle);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zstd");
        return await Client.PostAsync("/api/v1/extensions", content);
    }

    /// <summary>Publishes and installs; answers the install's path.</summary>
    public async Task<string> InstallAsync(byte[] bundle, string tenant, params string[] capabilities)
    {
        using var published = await PublishAsync(bundle);
        var version = await ReadAsync(published, published.StatusCode == HttpStatusCode.OK ? HttpStatusCode.OK : HttpStatusCode.Created);
        return await InstallAsync((string)version["extensionId"]!, tenant, capabilities);
    }

    public async Task<string> InstallAsync(string extensionId, string tenant, params string[] capabilities)
    {
        await CompiledAsync(extensionId);
        using var installed = await Client.PostAsJsonAsync($"/api/v1/tenants/{tenant}/installs", new { extensionId, capabilities });
        await ReadAsync(installed, HttpStatusCode.Created);
        return installed.Headers.Location!.ToString();
    }

    /// <summary>Waits until the compilation of an extension's last version has ended, which takes seconds, and longer where others compile too.</summary>
    public Task<JsonNode> CompiledAsync(string extensionId) => Poll.UntilAsync(
        $"{extensionId} is compiled",
        async () =>
            (await GetAsync($"/api/v1/extensions/{extensionId}/versions"))["items"]!.AsArray()[^1]!["compilation"] is { } now
            && (string?)now["state"] is not ("pending" or "compiling") ? now : null,
        TimeSpan.FromMinutes(2));

    public async Task<JsonObject> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.Created)
    {
        using var answer = await Client.PostAsJsonAsync(path, body);
        return await ReadAsync(answer, expected);
    }

    public async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await Client.GetAsync(path);
        return await ReadAsync(answer, HttpStatusCode.OK);
    }

    /// <summary>Calls an extension's endpoint as the platform's users do.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> CallAsync(string tenant, string extensionId, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/ext/{extensionId}{path}");
        request.Headers.Add("x-alga-tenant", tenant);
        if (json is not null)
        {
            request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        }

        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Runs a schedule now and waits for the run's end.</summary>
    public async Task<JsonObject> RunNowAsync(string install, string scheduleId)
    {
        using var queued = await Client.PostAsync($"{install}/schedules/{scheduleId}/run-now", content: null);
        await ReadAsync(queued, HttpStatusCode.Accepted);
        return await EndedAsync(queued.Headers.Location!.ToString());
    }

    /// <summary>Waits until a run is neither queued nor running.</summary>
    public Task<JsonObject> EndedAsync(string run) => Poll.UntilAsync($"{run} ended", async () =>
        await GetAsync(run) is var now && (string?)now["state"] is not ("queued" or "running") ? now : null);

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"Expected {(int)expected}, got {(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Ends it as a service manager does; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Process.Terminate();
        return await Process.EndAsync();
    }

    /// <summary>Ends it as a power cut does.</summary>
    public async Task KillAsync()
    {
        Process.Kill();
        await Process.EndAsync();
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        Process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/readyz");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
