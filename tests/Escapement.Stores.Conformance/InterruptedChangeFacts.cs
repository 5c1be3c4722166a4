using System.Text;
using Escapement.Audit;
using Escapement.Bulk;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Stores.Conformance;

/// <summary>
/// A change of an install, or of many schedules, that breaks off, at whichever row, leaves everything as it was; one that does not leaves the new state.
/// </summary>
public abstract class InterruptedChangeFacts(IFusedStoreFixture fixture) : StoreFacts(fixture)
{
    private readonly IFusedStoreFixture fixture = fixture;

    private ExtensionVersion? target;

    [Theory]
    [InlineData("upgrade", 4)]
    [InlineData("upgrade that holds", 5)]
    [InlineData("remove", 12)]
    [InlineData("restore", 9)]
    [InlineData("purge", 5)]
    [InlineData("delete schedule", 4)]
    [InlineData("restore schedule", 3)]
    [InlineData("purge schedule", 2)]
    [InlineData("part of many", 9)]
    public async Task Change_BreaksOffAtAnyRow_LeavesTheOldStateOrTheNew(string change, int atLeast)
    {
        var (scope, deleted) = await PreparedAsync();
        if (change is "restore" or "purge")
        {
            await ChangeAsync("remove", scope, deleted);
        }

        if (change == "part of many")
        {
            await BeginAsync(await Store.Schedules.ListAsync(scope));
        }

        var before = await DescribeAsync(scope);
        var interrupted = 0;
        while (await IsInterruptedAsync(change, scope, deleted, interrupted))
        {
            Assert.Equal(before, await DescribeAsync(scope));
            interrupted++;
        }

        Assert.True(interrupted >= atLeast, $"It was interrupted at {interrupted} rows");
        Assert.NotEqual(before, await DescribeAsync(scope));
    }

    private async Task<bool> IsInterruptedAsync(string change, InstallScope scope, Schedule deleted, int after)
    {
        await fixture.FailAfterAsync(after);
        try
        {
            await ChangeAsync(change, scope, deleted);
            return false;
        }
#pragma warning disable CA1031 // each store has its own way to fail; that it failed is what is asked
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
#pragma warning restore CA1031
        {
            return true;
        }
        finally
        {
            await fixture.FailAfterAsync(null);
        }
    }

    // One that failed, one that is paused, one with a queued run, and one that was deleted.
    private async Task<(InstallScope Scope, Schedule Deleted)> PreparedAsync()
    {
        var scope = await Installed();
        target = await Published(version: "2.0.0");
        var failed = await Created(scope, Minute(0), "failed");
        var paused = await Created(scope, Minute(0), "paused");
        foreach (var run in (await Claim(Minute(0))).Runs)
        {
            await Complete(Failed(run, Minute(0)) with { PauseAfterFailures = run.Schedule == failed.Id ? 20 : 1 });
        }

        Assert.NotNull((await Reloaded(paused)).Pause);
        var queued = await Created(scope, name: "queued");
        await Store.Runs.RunNowAsync(scope, queued.Id, new RunId(NewId()), Minute(1), "ops", Entry("schedule.run-now"));
        var deleted = await Created(scope, Minute(9), "deleted");
        await Store.Schedules.DeleteAsync(scope, deleted.Id, Limits(Minute(2)) with { KeptDeleted = 5 }, Entry("schedule.delete"));
        return (scope, deleted);
    }

    private async Task BeginAsync(IReadOnlyList<Schedule> schedules)
    {
        var change = new BulkChange
        {
            Id = NewId(),
            Tenant = Acme,
            Action = new BulkAction { Kind = BulkKind.Disable },
            Actor = new Actor(ActorKind.Admin, "ops"),
            Total = schedules.Count,
            CreatedAt = T0,
        };
        Assert.True(await Store.Bulk.AddAsync(change, BulkPart.Of(schedules.Select(s => new BulkItem(s.Id, s.Revision))), Entry("tenant.bulk")));
    }

    private async Task<bool> StepAsync()
    {
        using var signal = new BulkSignal();
        using var keeper = new BulkKeeper(
            Store.Bulk, signal, new WakeSignal(TimeProvider.System), new ScheduleLimits(), TimeProvider.System, NullLogger<BulkKeeper>.Instance);
        return await keeper.StepAsync();
    }

    private async Task ChangeAsync(string change, InstallScope scope, Schedule deleted)
    {
        var entry = Entry(change, scope.Tenant, scope.Install);
        object outcome = change switch
        {
            "upgrade" => await Store.Installs.ChangeAsync(
                scope, target!.Id, (i, _) => InstallChange.To(i with { Version = target.Id, PreviousVersion = i.Version }, "", resetsFailures: true), entry),
            "upgrade that holds" => await Store.Installs.ChangeAsync(
                scope,
                target!.Id,
                (i, _) => InstallChange.To(
                    i with { Version = target.Id, PreviousVersion = i.Version },
                    "",
                    resetsFailures: true,
                    follow: s => EndpointHold.Follow(s, _ => false, "2.0.0", NewId, Minute(22))),
                entry),
            "remove" => await Store.Installs.RemoveAsync(scope, Minute(22), keep: true, entry),
            "restore" => await Store.RemovedInstalls.RestoreAsync(scope, T0, (_, s) => new([.. s.Select(x => x with { NextDueAt = Minute(30) })]), entry),
            "purge" => await Store.RemovedInstalls.PurgeAsync(scope, T0, entry),
            "delete schedule" => await Store.Schedules.DeleteAsync(scope, (await PausedAsync(scope)).Id, Limits(Minute(22)) with { KeptDeleted = 5 }, entry),
            "part of many" => await StepAsync(),
            "restore schedule" => await Store.RemovedSchedules.RestoreAsync(scope, deleted.Id, T0, s => s, Limits(), entry),
            _ => await Store.RemovedSchedules.PurgeAsync(scope, deleted.Id, T0, entry),
        };
        Assert.True(outcome is true or InstallOutcome.Done or ScheduleChange { IsDone: true }, $"{change}: {outcome}");
    }

    private async Task<Schedule> PausedAsync(InstallScope scope) => (await Store.Schedules.ListAsync(scope)).Single(s => s.Pause is not null);

    private async Task<string> DescribeAsync(InstallScope scope)
    {
        var text = new StringBuilder();
        foreach (var install in (await Store.Installs.ListAsync(Acme)).Concat((await Store.RemovedInstalls.ListAsync(Acme, T0)).Select(r => r.Install)))
        {
            text.AppendLine(install.ToString());
        }

        foreach (var schedule in await Store.Schedules.ListAsync(scope))
        {
            text.AppendLine(schedule.ToString());
        }

        foreach (var removed in await Store.RemovedSchedules.ListAsync(scope, T0))
        {
            text.AppendLine(removed.ToString());
        }

        text.AppendLine($"{(await Store.RemovedInstalls.ListAsync(Acme, T0)).Sum(r => r.Schedules)} schedules kept with their install");
        foreach (var run in (await Store.Runs.ListAsync(new RunQuery(Acme, null, null, null, 100))).Runs.OrderBy(r => r.Id.Value))
        {
            text.AppendLine($"{run.Id} {run.State} {run.Reason}");
        }

        foreach (var many in await Store.Bulk.ListAsync(Acme, null, 10))
        {
            text.AppendLine($"{many.State} {many.Done} {many.LeftOut} {many.Parts}");
        }

        return text.AppendLine($"{(await Store.Audit.ListAsync(Acme, 100)).Count} audit entries").ToString();
    }
}
