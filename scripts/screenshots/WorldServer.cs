using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Escapement.Screenshots;

/// <summary>The server, as a process of its own, on the sample world.</summary>
internal sealed class WorldServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly HttpClient client;

    private WorldServer(Process process, HttpClient client, string token) => (this.process, this.client, Token) = (process, client, token);

    public string Token { get; }

    public Uri Address => client.BaseAddress!;

    /// <summary>Starts it and waits until it is ready and has compiled all extensions.</summary>
    /// <param name="assembly">The server's.</param>
    /// <param name="world">The folder with <c>data</c> and <c>token</c>.</param>
    public static async Task<WorldServer> StartAsync(string assembly, string world)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] arguments = [assembly, "--data", Path.Combine(world, "data"), "--urls", address.ToString()];
        var info = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };

        // The year is kept, whatever the server's default is.
        info.Environment["ESCAPEMENT__Retention__Runs"] = "400.00:00:00";
        info.Environment["ESCAPEMENT__Retention__Audit"] = "400.00:00:00";
        var process = Process.Start(info)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var client = new HttpClient { BaseAddress = address };
        var token = await File.ReadAllTextAsync(Path.Combine(world, "token"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var server = new WorldServer(process, client, token);
        await server.UntilAsync(async () => (await client.GetAsync("/readyz")).IsSuccessStatusCode);
        await server.UntilAsync(async () => (await server.GetAsync("/api/v1/extensions"))["items"]!.AsArray()
            .SelectMany(e => e!["versions"]!.AsArray()).All(v => (string?)v!["compilation"]!["state"] == "compiled"));
        return server;
    }

    public async Task<JsonNode> GetAsync(string path) => (await client.GetFromJsonAsync<JsonNode>(path))!;

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task UntilAsync(Func<Task<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            try
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"The server ended by itself, with {process.ExitCode}");
                }

                if (await holds())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        throw new TimeoutException($"The server was not ready within {Patience}");
    }
}
