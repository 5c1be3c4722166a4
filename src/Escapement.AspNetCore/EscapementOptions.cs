using Escapement.Access;
using Escapement.Firing;
using Escapement.Gateway;
using Escapement.PostgreSql;
using Escapement.Retention;
using Escapement.Scheduling;
using Escapement.Wasm;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore;

/// <summary>
/// What an application decides about the scheduler host inside it. Checked as a whole when the host starts; every problem is
/// named at once.
/// </summary>
public sealed class EscapementOptions
{
    /// <summary>Where all is kept; default in a file in the data folder.</summary>
    public StoreKind Store { get; set; } = StoreKind.Sqlite;

    /// <summary>The database of <see cref="StoreKind.PostgreSql"/>; its connection string is given with that store, and with no other.</summary>
    public PostgreSqlStoreOptions PostgreSql { get; set; } = new();

    /// <summary>
    /// The folder that holds the cache of compiled components and, with <see cref="StoreKind.Sqlite"/>, the database; made when it is
    /// not there. With SQLite one process at a time may use it. Default <c>escapement-data</c> in the current folder.
    /// </summary>
    public string DataFolder { get; set; } = "escapement-data";

    /// <summary>What this node does; default both. A node with one role alone needs another beside it on the same store.</summary>
    public EscapementRoles Roles { get; set; } = EscapementRoles.Api | EscapementRoles.Firing;

    /// <summary>How this node fires.</summary>
    public FiringOptions Firing { get; set; } = new();

    /// <summary>How many gateway calls this node carries out, and how many wait.</summary>
    public GatewayOptions Gateway { get; set; } = new();

    /// <summary>The limits on schedules; the contract's values are the defaults.</summary>
    public ScheduleLimits Limits { get; set; } = new();

    /// <summary>How long the run ledger and the audit are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>The limits on guest code.</summary>
    public WasmSandboxOptions Sandbox { get; set; } = new();

    /// <summary>Where the HTTP API and the gateway are mapped: <c>/api</c> (the default) gives <c>/api/v1</c> and <c>/api/ext</c>.</summary>
    public string ApiPrefix { get; set; } = "/api";

    /// <summary>Where the OpenAPI document is mapped; default <c>/openapi/v1.json</c>.</summary>
    public string OpenApiPath { get; set; } = "/openapi/v1.json";

    /// <summary>
    /// The application's own authorization policy for everything but health. Null, the default, for the built-in one: bearer
    /// tokens, of which the first is made at the first start. With a policy of its own the application answers for who is let in, and there are
    /// no tokens; <see cref="FindPrincipal"/> says what each may do.
    /// </summary>
    public string? AuthorizationPolicy { get; set; }

    /// <summary>
    /// Says who a request of the application's own users comes from: role, tenants, and the name that audit entries have. Asked once for each
    /// request that <see cref="AuthorizationPolicy"/> lets in, which it needs; null as an answer forbids the request. Without it, whoever the
    /// policy lets in may do everything.
    /// </summary>
    public Func<HttpContext, EscapementPrincipal?>? FindPrincipal { get; set; }

    /// <summary>Sign-in by an OpenID Connect provider beside tokens; null, the default, for none. Not with <see cref="AuthorizationPolicy"/>.</summary>
    public OidcOptions? Oidc { get; set; }

    /// <summary>
    /// Whether browsers may sign in over plain HTTP from elsewhere than this machine: for networks on which nobody else listens. Default false.
    /// </summary>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// Gets the first token, once in the life of a store; only its hash is stored. Null, the default, prints it to the console.
    /// </summary>
    public Action<string>? OnFirstToken { get; set; }

    /// <summary>The largest bundle that can be published, in bytes: 1 KiB to 64 MiB, which is the most that a bundle may have; default 64 MiB.</summary>
    public long MaxBundleBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many bytes may be kept of what one publisher, who goes by the caller's name, has published, on all nodes together: bundles and manifests, and of a
    /// version that was withdrawn its manifest. 1 KiB to 1 TiB; default 16 GiB.
    /// </summary>
    public long MaxBytesPerPublisher { get; set; } = 16L << 30;

    /// <summary>The largest request body that the gateway passes on, in bytes: 0 to 64 MiB; default 1 MiB.</summary>
    public long MaxGatewayBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// How long the body of a gateway call may take to arrive, during which the call has one of its tenant's places in the queue: 1 second
    /// to 1 hour; default 30 seconds.
    /// </summary>
    public TimeSpan MaxGatewayBodyTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How much faster than real time the clock runs: 1 (the default) to 1,000. For demonstrations only: at 60 an hour passes in
    /// a minute. Leases, polls and the shutdown keep their real length. Not with <see cref="StoreKind.PostgreSql"/>, where nodes share the database's time.
    /// </summary>
    public double TimeLapse { get; set; } = 1;

    /// <summary>What the faster clock shows first; null, the default, for the real now. Needs a <see cref="TimeLapse"/> above 1.</summary>
    public DateTimeOffset? StartAt { get; set; }

    /// <summary>Is called at a start that made no token, because there is one or was one.</summary>
    internal Action? OnTokensThere { get; set; }

    /// <summary>Whether nothing stands beside the host, so that errors on any path are its own to answer.</summary>
    internal bool OwnsAllPaths { get; set; }

    internal bool ServesApi => Roles.HasFlag(EscapementRoles.Api);

    internal bool Fires => Roles.HasFlag(EscapementRoles.Firing);

    internal string ApiRoot => ApiPrefix.TrimEnd('/') + "/v1";

    internal string GatewayRoot => ApiPrefix.TrimEnd('/') + "/ext";
}
