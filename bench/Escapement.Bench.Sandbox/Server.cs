using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ZstdSharp;

namespace Escapement.Bench.Sandbox;

/// <summary>The built server on its embedded store in a folder of its own, with one bundle installed for many tenants.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("escapement-bench-").FullName;
    private readonly string[] settings;
    private Process? process;

    /// <param name="bundle">A bundle that <c>escapement-extension build</c> made.</param>
    /// <param name="settings">Environment variables, as <c>NAME=value</c>.</param>
    public Server(string bundle, params string[] settings)
    {
        this.settings = settings;
        Bundle = File.ReadAllBytes(bundle);
        Component = Path.Combine(folder, "main.wasm");
        using var zstd = new DecompressionStream(new MemoryStream(Bundle));
        using var tar = new TarReader(zstd);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == "dist/main.wasm")
            {
                entry.ExtractToFile(Component, overwrite: false);
            }
        }
    }

    public byte[] Bundle { get; }

    /// <summary>The bundle's component, as a file.</summary>
    public string Component { get; }

    public HttpClient Client { get; private set; } = new();

    private string Database => Path.Combine(folder, "data", "escapement.db");

    private string TokenFile => Path.Combine(folder, "token");

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(
            "dotnet",
            [
                BuiltServer.Find(), "--data", Path.Combine(folder, "data"), "--urls", address,
                .. File.Exists(TokenFile) ? [] : (string[])["--token-file", TokenFile],
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in settings)
        {
            var parts = setting.Split('=', 2);
            start.Environment[parts[0]] = parts[1];
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Client.Dispose();
        Client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(5) };
        while (!await IsReadyAsync())
        {
            await Task.Delay(50);
        }

        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(TokenFile)).Trim());
    }

    public async Task StopAsync()
    {
        using var term = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Publishes the bundle, and answers its id.</summary>
    public async Task<string> PublishAsync()
    {
        using var content = new ByteArrayContent(Bundle);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zstd");
        using var answer = await Client.PostAsync("/api/v1/extensions", content);
        return (string)(await ReadAsync(answer))["extensionId"]!;
    }

    /// <summary>Installs it, with all that it declares, once it is compiled; answers the install's path.</summary>
    public async Task<string> InstallAsync(string extension, string tenant)
    {
        while (true)
        {
            using var answer = await Client.PostAsJsonAsync($"/api/v1/tenants/{tenant}/installs", new { extensionId = extension });
            if (answer.StatusCode != HttpStatusCode.Conflict)
            {
                await ReadAsync(answer);
                return answer.Headers.Location!.ToString();
            }

            await Task.Delay(200);
        }
    }

    public async Task ScheduleAsync(string install, object schedule)
    {
        using var answer = await Client.PostAsJsonAsync($"{install}/schedules", schedule);
        await ReadAsync(answer);
    }

    /// <summary>Makes every schedule due at one instant. The server must not run.</summary>
    public void MakeAllDue(DateTimeOffset at)
    {
        using var connection = Open();
        using var update = connection.CreateCommand();
        update.CommandText = "UPDATE schedules SET next_due_at = $at, next_start_at = $at";
        update.Parameters.AddWithValue("$at", at.ToUnixTimeMilliseconds());
        update.ExecuteNonQuery();
    }

    /// <summary>How many runs of that instant succeeded, and when the last of them ended.</summary>
    public (int Succeeded, DateTimeOffset Last) Ended(DateTimeOffset due)
    {
        using var connection = Open();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT count(*), coalesce(max(finished_at), 0) FROM runs WHERE due_at = $due AND state = 2";
        select.Parameters.AddWithValue("$due", due.ToUnixTimeMilliseconds());
        using var row = select.ExecuteReader();
        row.Read();
        return (row.GetInt32(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)));
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await StopAsync();
        }

        Client.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync()
    {
        if (process!.HasExited)
        {
            throw new InvalidOperationException($"The server ended with {process.ExitCode}.");
        }

        try
        {
            using var answer = await Client.GetAsync("/readyz");
            return answer.StatusCode == HttpStatusCode.OK && File.Exists(TokenFile);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }
}
