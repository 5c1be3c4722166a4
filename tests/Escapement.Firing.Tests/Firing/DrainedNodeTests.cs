using CsCheck;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Firing;

/// <summary>A node that is drained claims nothing, lets what it runs come to its end, and goes on where it was.</summary>
public sealed class DrainedNodeTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Drained_WithARunUnderWay_EndsItAndClaimsNothing()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var running = await host.ScheduleAsync(extension);
        var next = await host.ScheduleAsync(extension, cron: "1 9 * * *", name: "next");
        var answer = new TaskCompletionSource<InvocationResult>();
        host.Sandbox.Behaviour = (_, _) => answer.Task;
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 1, "an invocation");

        host.Intake.Close();
        var claims = host.Signals.Claims;
        host.Time.SetUtcNow(Nine.AddMinutes(2));
        answer.SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(1);

        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(running)).State);
        Assert.Empty(await host.LedgerAsync(next));
        Assert.Equal(claims, host.Signals.Claims);
        var health = host.Engine.CheckHealth();
        Assert.Equal((true, true), (health.IsHealthy, health.IsDrained));

        host.Intake.Open();
        await host.Signals.RecordedAsync(2);
        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(next)).State);
        Assert.False(host.Engine.CheckHealth().IsDrained);
    }

    [Fact]
    public async Task Drained_WhatComesDue_IsTakenByAnotherAtOnce()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        await host.StartEngineAsync();
        host.Intake.Close();
        host.Time.SetUtcNow(Nine);

        var run = await host.ClaimAsOtherNodeAsync(Nine);

        Assert.Equal((schedule.Id, Nine), (run.Schedule, run.DueAt));
    }

    [Fact]
    public async Task Stop_WhileDrained_Stops()
    {
        await using var host = await TestHost.CreateAsync();
        await host.StartEngineAsync();
        host.Intake.Close();
        host.Wake.Raise(DateTimeOffset.MinValue);

        await host.StopEngineAsync();

        Assert.True(host.EngineTask.IsCompletedSuccessfully);
    }

    /// <summary>
    /// Whenever it is drained and let take work again: each occurrence runs once, at its instant while the node takes work, else when that does so again.
    /// </summary>
    [Fact]
    public async Task Drained_AnyNumberOfTimes_LosesNothingAndRunsNothingTwice() =>
        await Gen.Select(Gen.Int[0, 2], Gen.Int[1, 50]).Array[1, 9].SampleAsync(CheckAsync, iter: 30, threads: 1);

    private static async Task CheckAsync((int Kind, int Minutes)[] steps)
    {
        await using var host = await TestHost.CreateAsync();
        var policy = new SchedulePolicyInput { Missed = MissedPolicy.All, MissedMax = 100, CatchUp = TimeSpan.FromDays(2) };
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), cron: "*/15 * * * *", policy: policy);
        await host.StartEngineAsync();
        var (model, waiting, closed) = (new List<(DateTimeOffset Due, DateTimeOffset Started)>(), new List<DateTimeOffset>(), false);
        async Task OpenAsync()
        {
            closed = false;
            host.Intake.Open();
            model.AddRange(waiting.Select(due => (due, host.Time.GetUtcNow())));
            waiting.Clear();
            await host.Signals.RecordedAsync(model.Count);
        }

        async Task<bool> MinuteAsync()
        {
            var now = host.Time.GetUtcNow().AddMinutes(1);
            var due = now.Minute % 15 == 0;
            if (closed)
            {
                host.Time.SetUtcNow(now);
                if (due)
                {
                    // A moment of real time, in which a node that took work would.
                    waiting.Add(now);
                    await Task.Delay(5);
                }

                return due;
            }

            await host.AdvanceToAsync(now);
            model.AddRange(due ? [(now, now)] : []);
            await host.Signals.RecordedAsync(model.Count);
            return due;
        }

        foreach (var (kind, minutes) in steps)
        {
            if (kind == 0 && !closed)
            {
                // At rest, so that no claim that was begun before takes what comes due after.
                while (await MinuteAsync())
                {
                }

                closed = true;
                host.Intake.Close();
            }
            else if (kind == 1 && closed)
            {
                await OpenAsync();
            }

            for (var minute = 0; minute < minutes; minute++)
            {
                await MinuteAsync();
            }
        }

        await OpenAsync();
        await host.Signals.SleepingPastAsync(host.Time.GetUtcNow());
        var ledger = await host.LedgerAsync(schedule);
        Assert.All(ledger, run => Assert.Equal(RunState.Succeeded, run.State));
        Assert.Equal(model, ledger.Select(run => (run.DueAt, run.StartedAt!.Value)).Order());
    }
}
