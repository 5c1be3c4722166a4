using System.Net;
using Escapement.AspNetCore;
using Escapement.Firing;
using Escapement.Gateway;
using Escapement.PostgreSql;
using Escapement.Retention;
using Escapement.Scheduling;
using Escapement.Wasm;

namespace Escapement.Server.Configuration;

/// <summary>All settings of the server, by the names they have in files and in the environment.</summary>
internal sealed record ServerSettings
{
    public const string DefaultUrls = "http://127.0.0.1:7870";

    private static readonly Dictionary<string, StoreKind> Stores = new(StringComparer.Ordinal)
    {
        ["sqlite"] = StoreKind.Sqlite,
        ["postgres"] = StoreKind.PostgreSql,
    };

    private static readonly Dictionary<string, SandboxIsolation> Isolations = new(StringComparer.Ordinal)
    {
        ["process"] = SandboxIsolation.Process,
        ["in-process"] = SandboxIsolation.InProcess,
    };

    private static readonly Dictionary<string, EscapementRoles> Roles = new(StringComparer.Ordinal)
    {
        ["api"] = EscapementRoles.Api,
        ["firing"] = EscapementRoles.Firing,
    };

    public required string Urls { get; init; }

    public string? TokenFile { get; init; }

    /// <summary>The proxies in front of the server, by address or network.</summary>
    public required IReadOnlyList<IPNetwork> Proxies { get; init; }

    public required EscapementOptions Options { get; init; }

    public required TelemetrySettings Telemetry { get; init; }

    /// <summary>Where the server listens.</summary>
    public IReadOnlyList<string> Addresses
    {
        get
        {
            var urls = Urls.Split(';', StringSplitOptions.TrimEntries);
            return [.. urls, .. Telemetry.MetricsUrls(urls)];
        }
    }

    /// <summary>Reads the settings; the list holds every one that could not be read, whatever its value should have been.</summary>
    public static (ServerSettings Settings, IReadOnlyList<string> Problems) Read(IConfiguration configuration) =>
        Read(new SettingsReader(configuration.GetSection("Escapement")));

    /// <inheritdoc cref="Read(IConfiguration)"/>
    public static (ServerSettings Settings, IReadOnlyList<string> Problems) Read(SettingsReader reader)
    {
        // In the server nothing stands beside the host.
        var options = new EscapementOptions { OwnsAllPaths = true };
        options.DataFolder = reader.Text("DataFolder", options.DataFolder);
        options.Store = reader.Word("Store", options.Store, Stores);
        options.PostgreSql = ReadPostgreSql(reader, options.PostgreSql);
        options.Roles = reader.Words("Roles", [options.Roles], Roles).Aggregate((all, role) => all | role);
        options.TimeLapse = reader.Number("TimeLapse", options.TimeLapse);
        options.StartAt = reader.Instant("StartAt");
        options.AllowHttp = reader.Switch("AllowHttp", options.AllowHttp);
        options.Oidc = OidcSettings.Read(reader);
        options.MaxBundleBytes = reader.Number("MaxBundleBytes", options.MaxBundleBytes);
        options.MaxBytesPerPublisher = reader.Number("MaxBytesPerPublisher", options.MaxBytesPerPublisher);
        options.MaxGatewayBodyBytes = reader.Number("MaxGatewayBodyBytes", options.MaxGatewayBodyBytes);
        options.MaxGatewayBodyTime = reader.Duration("MaxGatewayBodyTime", options.MaxGatewayBodyTime);
        options.Firing = ReadFiring(reader, options.Firing);
        options.Gateway = ReadGateway(reader, options.Gateway);
        options.Retention = ReadRetention(reader, options.Retention);
        options.Limits = ReadLimits(reader, options.Limits);
        ReadSandbox(reader, options.Sandbox);

        var settings = new ServerSettings
        {
            Urls = reader.Text("Urls", DefaultUrls),
            TokenFile = reader.Text("TokenFile"),
            Proxies = reader.Networks("Proxies"),
            Options = options,
            Telemetry = TelemetrySettings.Read(reader),
        };
        var good = settings.Urls.Split(';', StringSplitOptions.TrimEntries).Where(IsUrl).ToList();
        var urls = settings.Urls.Split(';').Where(u => !IsUrl(u)).Select(u => u.Trim().StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            ? $"Urls must be addresses such as {DefaultUrls}, not \"{u}\": the server speaks HTTP, and a proxy in front of it TLS"
            : $"Urls must be addresses such as {DefaultUrls}, not \"{u}\"");
        return (settings, [.. reader.Finish(), .. urls, .. settings.Telemetry.FindProblems(good, options.Roles)]);
    }

    // Listening at * or + means all addresses; neither can stand in a URI.
    private static bool IsUrl(string text)
    {
        var address = text.Trim().Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" && uri.PathAndQuery == "/";
    }

    private static PostgreSqlStoreOptions ReadPostgreSql(SettingsReader reader, PostgreSqlStoreOptions defaults) => new()
    {
        ConnectionString = reader.Text("PostgreSql:ConnectionString", defaults.ConnectionString),
        Schema = reader.Text("PostgreSql:Schema", defaults.Schema),
        MaxConnections = reader.Number("PostgreSql:MaxConnections", defaults.MaxConnections),
        StartTimeout = reader.Duration("PostgreSql:StartTimeout", defaults.StartTimeout),
    };

    private static FiringOptions ReadFiring(SettingsReader reader, FiringOptions defaults) => new()
    {
        Node = reader.Text("Firing:Node", defaults.Node),
        Slots = reader.Number("Firing:Slots") ?? defaults.Slots,
        ReservedSlots = reader.Number("Firing:ReservedSlots") ?? defaults.ReservedSlots,
        SlotsPerTenant = reader.Number("Firing:SlotsPerTenant") ?? defaults.SlotsPerTenant,
        MaxRunningPerInstall = reader.Number("Firing:MaxRunningPerInstall", defaults.MaxRunningPerInstall),
        MaxRunningPerTenant = reader.Number("Firing:MaxRunningPerTenant", defaults.MaxRunningPerTenant),
        ClaimBatch = reader.Number("Firing:ClaimBatch", defaults.ClaimBatch),
        LeaseDuration = reader.Duration("Firing:LeaseDuration", defaults.LeaseDuration),
        PollInterval = reader.Duration("Firing:PollInterval", defaults.PollInterval),
        CatchUpWindow = reader.Duration("Firing:CatchUpWindow", defaults.CatchUpWindow),
        MaxAttemptsAfterNodeLoss = reader.Number("Firing:MaxAttemptsAfterNodeLoss", defaults.MaxAttemptsAfterNodeLoss),
        ShutdownTimeout = reader.Duration("Firing:ShutdownTimeout", defaults.ShutdownTimeout),
    };

    private static GatewayOptions ReadGateway(SettingsReader reader, GatewayOptions defaults) => new()
    {
        ReservedSlots = reader.Number("Gateway:ReservedSlots") ?? defaults.ReservedSlots,
        SlotsPerTenant = reader.Number("Gateway:SlotsPerTenant") ?? defaults.SlotsPerTenant,
        SlotsPerInstall = reader.Number("Gateway:SlotsPerInstall") ?? defaults.SlotsPerInstall,
        MaxWaiting = reader.Number("Gateway:MaxWaiting", defaults.MaxWaiting),
        MaxWaitingPerTenant = reader.Number("Gateway:MaxWaitingPerTenant", defaults.MaxWaitingPerTenant),
        MaxWaitingPerInstall = reader.Number("Gateway:MaxWaitingPerInstall", defaults.MaxWaitingPerInstall),
    };

    private static RetentionOptions ReadRetention(SettingsReader reader, RetentionOptions defaults) => new()
    {
        Runs = reader.Period("Retention:Runs", defaults.Runs),
        Audit = reader.Period("Retention:Audit", defaults.Audit),
        Removed = reader.Duration("Retention:Removed", defaults.Removed),
    };

    private static ScheduleLimits ReadLimits(SettingsReader reader, ScheduleLimits defaults) => new()
    {
        MaxPerInstall = reader.Number("Limits:MaxPerInstall", defaults.MaxPerInstall),
        ChangeBurst = reader.Number("Limits:ChangeBurst", defaults.ChangeBurst),
        ChangesPerMinute = reader.Number("Limits:ChangesPerMinute", defaults.ChangesPerMinute),
    };

    private static void ReadSandbox(SettingsReader reader, WasmSandboxOptions sandbox)
    {
        sandbox.Slots = reader.Number("Sandbox:Slots", sandbox.Slots);
        sandbox.TimeLimit = reader.Duration("Sandbox:TimeLimit", sandbox.TimeLimit);
        sandbox.MemoryLimit = reader.Number("Sandbox:MemoryLimit", sandbox.MemoryLimit);
        sandbox.MaxResponseBytes = reader.Number("Sandbox:MaxResponseBytes", sandbox.MaxResponseBytes);
        sandbox.MaxLogBytes = reader.Number("Sandbox:MaxLogBytes", sandbox.MaxLogBytes);
        sandbox.MaxLogLines = reader.Number("Sandbox:MaxLogLines", sandbox.MaxLogLines);
        sandbox.MaxLogLineChars = reader.Number("Sandbox:MaxLogLineChars", sandbox.MaxLogLineChars);
        sandbox.MaxHostCalls = reader.Number("Sandbox:MaxHostCalls", sandbox.MaxHostCalls);
        sandbox.MaxHostCallBytes = reader.Number("Sandbox:MaxHostCallBytes", sandbox.MaxHostCallBytes);
        sandbox.MaxHostCallBytesPerRun = reader.Number("Sandbox:MaxHostCallBytesPerRun", sandbox.MaxHostCallBytesPerRun);
        sandbox.StackSize = reader.Number("Sandbox:StackSize", sandbox.StackSize);
        sandbox.MaxLoadedComponents = reader.Number("Sandbox:MaxLoadedComponents", sandbox.MaxLoadedComponents);
        sandbox.CacheDirectory = reader.Text("Sandbox:CacheDirectory");
        sandbox.CacheMaxBytes = reader.Number("Sandbox:CacheMaxBytes", sandbox.CacheMaxBytes);
        sandbox.CacheRetention = reader.Duration("Sandbox:CacheRetention", sandbox.CacheRetention);
        sandbox.Isolation = reader.Word("Sandbox:Isolation", sandbox.Isolation, Isolations);
        sandbox.Workers = reader.Number("Sandbox:Workers", sandbox.Workers);
        sandbox.WorkerPath = reader.Text("Sandbox:WorkerPath");
        sandbox.WorkerMemoryLimit = reader.Text("Sandbox:WorkerMemoryLimit") is null ? null : reader.Number("Sandbox:WorkerMemoryLimit", 0L);
        sandbox.WorkerMaxCalls = reader.Number("Sandbox:WorkerMaxCalls", sandbox.WorkerMaxCalls);
        sandbox.WorkerIdleTime = reader.Duration("Sandbox:WorkerIdleTime", sandbox.WorkerIdleTime);
    }
}
