using System.Collections.Frozen;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Storage;

namespace Escapement.Bench;

/// <summary>One published version, installed for as many tenants as a run needs.</summary>
internal static class Installing
{
    private static readonly Actor Admin = new(ActorKind.Admin, "bench");

    /// <summary>As many installs as so many schedules need, fifty for each, which is the quota.</summary>
    public static async Task<IReadOnlyList<InstalledExtension>> InstallForAsync(this IStore store, int schedules)
    {
        var version = await store.PublishAsync("1.0.0");
        var installs = new InstalledExtension[(schedules + 49) / 50];
        await Parallel.ForAsync(0, installs.Length, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
        {
            var install = new Install
            {
                Scope = new InstallScope(TenantId.Parse($"tenant-{i}"), new InstallId(Ids.Next(Place.Time))),
                ExtensionId = "com.acme.bench",
                Version = version.Id,
                Enabled = true,
                Granted = FrozenSet.Create(StringComparer.Ordinal, Capability.SchedulerManage),
                CreatedAt = Place.Time.GetUtcNow(),
                UpdatedAt = Place.Time.GetUtcNow(),
            };
            await store.Installs.AddAsync(install, Entry("install.add"));
            installs[i] = new InstalledExtension(install, version);
        });
        return installs;
    }

    /// <summary>Publishes a version of the extension that is installed.</summary>
    public static async Task<ExtensionVersion> PublishAsync(this IStore store, string number)
    {
        var endpoint = new DeclaredEndpoint("POST", "/api/sync", "sync", Schedulable: true);
        var version = new ExtensionVersion
        {
            Id = new VersionId(Ids.Next(Place.Time)),
            Manifest = new Manifest
            {
                Name = "com.acme.bench",
                Publisher = "",
                Version = number,
                Runtime = "wasm-js@1",
                Capabilities = FrozenSet.Create(StringComparer.Ordinal, Capability.SchedulerManage),
                Endpoints = [endpoint],
                Json = $$$"""
                    {"name":"com.acme.bench","version":"{{{number}}}","runtime":"wasm-js@1","capabilities":["cap:scheduler.manage"],
                    "api":{"endpoints":[{"method":"POST","path":"/api/sync","handler":"sync"}]}}
                    """,
            },
            Endpoints = [new Endpoint(Ids.Next(Place.Time), endpoint)],
            BundleSha256 = number.PadLeft(64, '0'),
            ComponentSha256 = new string('0', 64),
            PublishedAt = Place.Time.GetUtcNow(),
        };
        await store.Versions.PublishAsync(version, new byte[] { 0 }, Entry("version.publish"));
        return version;
    }

    /// <summary>Opens a place, installs, and closes it again, for nodes to take it.</summary>
    public static async Task<IReadOnlyList<InstalledExtension>> PrepareAsync(this Place place, int schedules)
    {
        await using var store = await place.OpenAsync();
        return await store.InstallForAsync(schedules);
    }

    private static AuditEntry Entry(string action) => new()
    {
        Id = Ids.Next(Place.Time),
        At = Place.Time.GetUtcNow(),
        Actor = Admin,
        Action = action,
        Outcome = AuditOutcome.Done,
    };
}
