using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Escapement.AspNetCore;
using Escapement.AspNetCore.Console;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Engine;
using Escapement.Sandbox;
using Escapement.Server.Configuration;
using Escapement.Server.Observing;
using Escapement.Server.Starting;
using Escapement.Server.Tests.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Escapement.Server.Tests;

/// <summary>The host in this process, behind a real Kestrel, with a store of its own and a sandbox that the test plays.</summary>
internal sealed class RunningServer : IAsyncDisposable, IFiringObserver
{
    public const string Extension = "com.acme.sync";

    private readonly WebApplication app;
    private readonly TaskCompletionSource claimed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<AttemptOutcome> recorded = Channel.CreateUnbounded<AttemptOutcome>();

    private RunningServer(
        string folder,
        Action<EscapementOptions>? configure,
        Action<IServiceCollection>? services,
        IEnumerable<(string Name, string? Value)> settings)
    {
        Folder = folder;
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            settings.Append(("Escapement:Urls", "http://127.0.0.1:0")).Select(s => KeyValuePair.Create(s.Item1, s.Item2)));
        var (read, problems) = ServerSettings.Read(builder.Configuration);
        Assert.Empty(problems);
        builder.WebHost.UseUrls([.. read.Addresses]);
        builder.AddServerLimits(new EscapementOptions());
        builder.AddProxies(read);
        builder.Services.AddSingleton<ISandbox>(Sandbox);
        builder.Services.AddSingleton<IFiringObserver>(this);
        builder.Services.AddEscapement(o =>
        {
            o.DataFolder = folder;
            o.OwnsAllPaths = true;
            o.OnFirstToken = t => Token = t;
            configure?.Invoke(o);
        });
        builder.AddExporters(read);
        services?.Invoke(builder.Services);
        app = builder.Build();
        app.MapEscapement();
        app.MapMetrics(read);
        app.MapEscapementConsole();
    }

    public string Folder { get; }

    public string? Token { get; private set; }

    /// <summary>When the schedules come due that it makes: at nine every day, in the evening where a test would see the morning's.</summary>
    public string Cron { get; set; } = "0 9 * * *";

    public FakeSandbox Sandbox { get; } = new();

    public IServiceProvider Services => app.Services;

    public HttpClient Client { get; private set; } = null!;

    public Uri Address => Client.BaseAddress!;

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Sets what differs from the defaults.</param>
    /// <param name="folder">Its data; null for a new one.</param>
    /// <param name="services">Adds or replaces services.</param>
    /// <param name="settings">What files or the environment say of exporters, by full names.</param>
    public static async Task<RunningServer> StartAsync(
        Action<EscapementOptions>? configure = null,
        string? folder = null,
        Action<IServiceCollection>? services = null,
        params IEnumerable<(string Name, string? Value)> settings)
    {
        var server = new RunningServer(folder ?? TestFolders.New(), configure, services, settings);
        await server.app.StartAsync();
        var address = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.Client = new HttpClient(new HeldToTheDocument()) { BaseAddress = new Uri(address) };
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        if (server.Services.GetRequiredService<TimeProvider>() == TimeProvider.System && TimeProvider.System.GetUtcNow().Hour == 8)
        {
            server.Cron = "0 21 * * *";
        }

        return server;
    }

    /// <summary>Publishes and installs the sample; answers the install's path.</summary>
    public async Task<string> InstallAsync(string tenant = "t1")
    {
        var versions = Services.GetRequiredService<IVersionStore>();
        if (await versions.FindAsync(Extension, "1.0.0") is null)
        {
            var audit = new AuditEntry
            {
                Id = Ids.Next(TimeProvider.System),
                At = DateTimeOffset.UnixEpoch,
                Actor = new Actor(ActorKind.Admin, "test"),
                Action = "version.publish",
                Outcome = AuditOutcome.Done,
            };
            await versions.PublishAsync(MakeVersion(), new byte[] { 1 }, audit);
        }

        using var answer = await Client.PostAsJsonAsync($"/api/v1/tenants/{tenant}/installs", new { extensionId = Extension });
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    /// <summary>Publishes a version of the sample.</summary>
    public async Task PublishAsync(string version, string[] endpoints, params string[] capabilities)
    {
        var manifest = new JsonObject
        {
            ["name"] = Extension,
            ["publisher"] = "test",
            ["version"] = version,
            ["runtime"] = "wasm-js@1",
            ["capabilities"] = new JsonArray([.. (capabilities.Length > 0 ? capabilities : ["cap:log.emit"]).Select(c => (JsonNode)c)]),
            ["api"] = new JsonObject
            {
                ["endpoints"] = new JsonArray([.. endpoints.Select(e => e.Split(' ')).Select(e =>
                    (JsonNode)new JsonObject { ["method"] = e[0], ["path"] = e[1], ["handler"] = "sync" })]),
            },
        };
        using var content = new ByteArrayContent(TestBundle.Of(manifest.ToJsonString())) { Headers = { { "Content-Type", "application/zstd" } } };
        using var answer = await Client.PostAsync("/api/v1/extensions", content);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
    }

    public async Task<JsonObject> CreateAsync(string install, string name)
    {
        using var answer = await Client.PostAsJsonAsync($"{install}/schedules", new { endpoint = "POST /api/sync", cron = Cron, name });
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        return await ReadAsync(answer);
    }

    public async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await Client.GetAsync(path);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return await ReadAsync(answer);
    }

    /// <summary>What <c>/readyz</c> answers once the engine, if there is one, has claimed for the first time.</summary>
    public async Task<JsonObject> ReadyAsync()
    {
        if (Services.GetService<FiringEngine>() is not null)
        {
            await claimed.Task.WaitAsync(TestContext.Current.CancellationToken);
        }

        return await GetAsync("/readyz");
    }

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonObject>())!;

    /// <summary>Claims as a node would that fires, until there is nothing more at once.</summary>
    public async Task<IReadOnlyList<ClaimedRun>> ClaimAsync(DateTimeOffset now)
    {
        var claimed = await Services.GetRequiredService<IClaimStore>().ClaimAsync(new ClaimRequest
        {
            Now = now,
            MaxRuns = 10,
            MaxChanged = 10,
            Node = "node",
            LeaseToken = Guid.NewGuid(),
            LeaseUntil = now.AddSeconds(7),
            MaxRunningPerInstall = 10,
            MaxRunningPerTenant = 10,
            Plan = due => new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(due, now),
        });
        return claimed.More ? [.. claimed.Runs, .. await ClaimAsync(now)] : claimed.Runs;
    }

    /// <summary>Waits for the next run that is durably recorded.</summary>
    public async Task<AttemptOutcome> RecordedAsync() => await recorded.Reader.ReadAsync(TestContext.Current.CancellationToken);

    void IFiringObserver.Claimed(ClaimedBatch batch) => claimed.TrySetResult();

    void IFiringObserver.Sleeping(DateTimeOffset until)
    {
    }

    void IFiringObserver.Recorded(AttemptOutcome outcome) => recorded.Writer.TryWrite(outcome);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static ExtensionVersion MakeVersion()
    {
        DeclaredEndpoint[] endpoints =
        [
            new("DELETE", "/api/items/:id", "items", false), new("GET", "/api/items/:id", "items", false), new("GET", "/api/status", "status", true),
            new("GET", "/api/sync", "sync", true), new("POST", "/api/sync", "sync", true), new("POST", "/api/hidden", "hidden", false),
        ];
        return new ExtensionVersion
        {
            Id = new VersionId(Ids.Next(TimeProvider.System)),
            Manifest = new Manifest
            {
                Name = Extension, Publisher = "acme", Version = "1.0.0", Runtime = "wasm-js@1",
                Capabilities = FrozenSet.Create(Capability.LogEmit, Capability.SchedulerManage), Endpoints = endpoints, Json = """{"name":"com.acme.sync"}""",
            },
            Endpoints = [.. endpoints.Select(e => new Escapement.Extensions.Endpoint(Ids.Next(TimeProvider.System), e))],
            BundleSha256 = Convert.ToHexStringLower(SHA256.HashData([1])),
            ComponentSha256 = Convert.ToHexStringLower(SHA256.HashData([2])),
            PublishedAt = DateTimeOffset.UnixEpoch,
        };
    }
}
