using System.Collections.Frozen;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Faults.Tests.Cluster;
using Escapement.Installs;
using Escapement.PostgreSql;

namespace Escapement.Faults.Tests.Load;

/// <summary>Publishes the extension whose guests the nodes' sandbox plays, and installs it for several tenants.</summary>
internal static class LoadedInstalls
{
    private const string Extension = "com.acme.faults";

    /// <summary>The paths of the installs in the HTTP API.</summary>
    public static async Task<IReadOnlyList<string>> MakeAsync(TestCluster cluster, int tenants)
    {
        var time = TimeProvider.System;
        await using var store = await PostgreSqlStore.OpenAsync(
            new PostgreSqlStoreOptions { ConnectionString = cluster.Postgres.ConnectionString(cluster.Postgres.Port) }, time);
        DeclaredEndpoint[] endpoints = [new("GET", "/api/work", "work", true), new("POST", "/api/work", "work", true), new("POST", "/api/make", "make", true)];
        var version = new ExtensionVersion
        {
            Id = new VersionId(Ids.Next(time)),
            Manifest = new Manifest
            {
                Name = Extension,
                Publisher = "Acme",
                Version = "1.0.0",
                Runtime = "wasm-js@1",
                Capabilities = FrozenSet.Create(StringComparer.Ordinal, Capability.SchedulerManage),
                Endpoints = endpoints,
                Json =
                    $$"""{"name":"{{Extension}}","publisher":"Acme","version":"1.0.0","runtime":"wasm-js@1","capabilities":"""
                    + $$"""["cap:scheduler.manage"],"api":{"endpoints":[{{string.Join(',', endpoints.Select(ToJson))}}]} }""",
            },
            Endpoints = [.. endpoints.Select(e => new Endpoint(Ids.Next(time), e))],
            BundleSha256 = new string('0', 64),
            ComponentSha256 = new string('0', 64),
            PublishedAt = time.GetUtcNow(),
        };
        await store.Versions.PublishAsync(version, new byte[] { 0 }, Entry("version.publish"));
        var paths = new List<string>();
        for (var i = 0; i < tenants; i++)
        {
            var scope = new InstallScope(TenantId.Parse($"tenant-{i}"), new InstallId(Ids.Next(time)));
            await store.Installs.AddAsync(
                new Install
                {
                    Scope = scope,
                    ExtensionId = Extension,
                    Version = version.Id,
                    Enabled = true,
                    Granted = FrozenSet.Create(StringComparer.Ordinal, Capability.SchedulerManage),
                    CreatedAt = time.GetUtcNow(),
                    UpdatedAt = time.GetUtcNow(),
                },
                Entry("install.add"));
            paths.Add($"/api/v1/tenants/{scope.Tenant}/installs/{scope.Install}");
        }

        return paths;
    }

    private static string ToJson(DeclaredEndpoint endpoint) => $$"""{"method":"{{endpoint.Key.Method}}","path":"{{endpoint.Key.Path}}","handler":"work"} """;

    private static AuditEntry Entry(string action) =>
        new()
        {
            Id = Ids.Next(TimeProvider.System),
            At = TimeProvider.System.GetUtcNow(),
            Actor = new Actor(ActorKind.Admin, "faults"),
            Action = action,
            Outcome = AuditOutcome.Done,
        };
}
