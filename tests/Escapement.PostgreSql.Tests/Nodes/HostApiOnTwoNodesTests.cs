using Escapement.Extensions;
using Escapement.HostApi.Scheduler;
using Escapement.Installs;
using Escapement.Scheduling;
using Escapement.Stores.Conformance;

namespace Escapement.PostgreSql.Tests.Nodes;

/// <summary>An extension meets the same limits whichever node its guests run on.</summary>
public sealed class HostApiOnTwoNodesTests(PostgreSqlFixture store) : StoreFacts(store), IClassFixture<PostgreSqlFixture>
{
    private const int Quota = 50;

    // What FiringNode allows at once; hardly anything comes back while a test lasts.
    private const int Burst = 60;

    private readonly PostgreSqlStoreOptions options = store.Options;

    [Fact]
    public async Task Changes_OverBothNodes_MeetTheQuotaAndThenTheRateLimit()
    {
        var scope = await Installed();
        await using var a = await FiringNode.OpenAsync(options, TimeSpan.FromSeconds(1), isConnected: false);
        await using var b = await FiringNode.OpenAsync(options, TimeSpan.FromSeconds(1), isConnected: false);
        ISchedulerHost[] hosts = [await HostAsync(a, scope), await HostAsync(b, scope)];

        var created = await Task.WhenAll(Enumerable.Range(0, Quota + 5).Select(i => Task.Run(async () =>
            await hosts[i % 2].CreateAsync(new ScheduleInput("POST /api/sync", "0 9 * * *")))));
        var id = created.First(c => c.IsDone).Schedule!.Id.ToString();
        var updated = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            await hosts[i % 2].UpdateAsync(id, new ScheduleInput(Name: $"name {i}")))));

        Assert.Equal(Quota, created.Count(c => c.IsDone));
        Assert.All(
            created.Where(c => !c.IsDone),
            c => Assert.StartsWith("Too many schedules (max 50 per extension install)", c.Error, StringComparison.Ordinal));
        Assert.Equal(Burst - Quota - 5, updated.Count(u => u.IsDone));
        Assert.All(updated.Where(u => !u.IsDone), u => Assert.StartsWith("Rate limit exceeded", u.Error, StringComparison.Ordinal));
    }

    private static async Task<ISchedulerHost> HostAsync(FiringNode node, InstallScope scope)
    {
        var install = Assert.Single(await node.Store.Installs.GetManyAsync([scope]));
        var installed = new InstalledExtensions(node.Store.Installs, new VersionCatalog(node.Store.Versions));
        return node.HostApis.For((await installed.WithVersionAsync(install, CancellationToken.None))!).Get<ISchedulerHost>();
    }
}
