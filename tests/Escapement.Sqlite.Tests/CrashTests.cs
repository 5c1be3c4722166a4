using System.Diagnostics;
using Escapement.Firing.Ending;
using Escapement.Stores.Conformance;

namespace Escapement.Sqlite.Tests;

/// <summary>What was acknowledged survives the end of the process, and what it held comes back at once.</summary>
public sealed class CrashTests(SqliteFixture store) : StoreFacts(store), IClassFixture<SqliteFixture>
{
    private readonly SqliteFixture sqlite = store;

    [Fact]
    public async Task Kill_WhileWriting_EveryAcknowledgedChangeIsThere()
    {
        var scope = await Installed();
        await sqlite.CloseAsync();
        var program = Path.Combine(AppContext.BaseDirectory, "Escapement.Sqlite.Writer.dll");
        using var writer = Process.Start(new ProcessStartInfo("dotnet", [program, sqlite.Folder, scope.Tenant.Value, scope.Install.ToString()])
        {
            RedirectStandardOutput = true,
        })!;
        var acknowledged = new List<ScheduleId>();
        while (acknowledged.Count < 500 && await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged.Add(new ScheduleId(Guid.Parse(line)));
        }

        writer.Kill();
        await writer.WaitForExitAsync();
        Assert.Equal(500, acknowledged.Count);

        await sqlite.OpenAsync();
        var stored = (await Store.Schedules.ListAsync(scope)).Select(s => s.Id).ToHashSet();
        Assert.All(acknowledged, id => Assert.Contains(id, stored));
        var audited = (await Store.Audit.ListAsync(scope.Tenant, int.MaxValue, scope.Install)).Count(e => e.Action == "schedule.create");
        Assert.Equal(stored.Count, audited);
    }

    [Fact]
    public async Task Reopen_RunsUnderWay_AreRecoveredAtOnceAndTheOldTokenIsRefused()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);
        await sqlite.CloseAsync();
        await sqlite.OpenAsync();

        Assert.Equal(new RecoveredRuns(1, 0), await Store.Claims.RecoverAsync(Recovery(Minute(0), 3)));

        Assert.Equal([run.Lease.Id], await Store.Claims.RecordAsync([Succeeded(run, Minute(0))]));
        var again = Assert.Single((await Store.Claims.ClaimAsync(Request(Minute(0), token: TokenB))).Runs);
        Assert.Equal((schedule.Id, run.Lease.Id, 2), (again.Schedule, again.Lease.Id, again.Attempt));
    }
}
