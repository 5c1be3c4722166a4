using CsCheck;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing;

/// <summary>
/// Whatever is changed, run, tried again and repeated in whatever order: a repeat has the payload that the last attempt had of the run that it
/// repeats, and everything else has its schedule's. Held against a model that writes down with each run what it had.
/// </summary>
public sealed class RerunModelTests
{
    private static readonly string?[] Payloads = [null, "[1]", "[2]", "[3]"];

    private static readonly Gen<Step> Steps = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 20], (kind, which) => kind switch
    {
        < 4 => new Step(StepKind.Replace, which),
        < 7 => new Step(StepKind.Run, which),
        _ => new Step(StepKind.Repeat, which),
    });

    [Fact]
    public async Task Repeats_OfAnything_HaveThePayloadOfWhatTheyRepeat()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        await Gen.Select(Steps, Gen.Int[0, 3]).Array[1, 30].SampleAsync(
            steps => CheckAsync(host, extension.Install.Scope, steps), iter: 60, threads: 1);
    }

    private static async Task CheckAsync(TestHost host, InstallScope scope, (Step Step, int Retries)[] steps)
    {
        var schedule = await CreateAsync(host, scope);
        var (current, had) = (schedule.Payload, new List<(RunId Run, string? Payload)>());
        foreach (var (step, retries) in steps)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            var now = host.Time.GetUtcNow();
            if (step.Kind == StepKind.Replace)
            {
                current = Payloads[step.Which % Payloads.Length];
                await ReplaceAsync(host, schedule, current, now);
                continue;
            }

            if (step.Kind == StepKind.Repeat && had.Count == 0)
            {
                continue;
            }

            var repeated = step.Kind == StepKind.Repeat ? had[step.Which % had.Count] : default;
            var asked = repeated.Run == default
                ? await host.Runs.RunNowAsync(scope, schedule.Id.ToString(), TestHost.Admin)
                : await host.Runs.RerunAsync(scope.Tenant, repeated.Run.ToString(), TestHost.Admin);
            var id = Assert.IsType<RunNowOutcome.Queued>(asked).Run.Id;
            for (var attempt = 0; attempt <= retries; attempt++)
            {
                // What comes between two attempts is what the next one of a run-now has.
                if (attempt > 0)
                {
                    current = Payloads[(step.Which + attempt) % Payloads.Length];
                    await ReplaceAsync(host, schedule, current, now);
                }

                var run = await host.ClaimAsOtherNodeAsync(now);
                Assert.Equal(id, run.Lease.Id);
                Assert.Equal(repeated.Run == default ? current : repeated.Payload, run.Payload);
                Assert.False(run.PayloadGone);
                Assert.Empty(await host.Store.Claims.RecordAsync([Ended(run, now, again: attempt < retries)]));
            }

            had.Add((id, repeated.Run == default ? current : repeated.Payload));
        }

        await host.Store.Schedules.DeleteAsync(scope, schedule.Id, Limits(host.Time.GetUtcNow()), Entry(host, "schedule.delete"));
    }

    private static async Task<Schedule> CreateAsync(TestHost host, InstallScope scope)
    {
        var now = host.Time.GetUtcNow();
        var schedule = new Schedule
        {
            Id = new ScheduleId(Ids.Next(host.Time)),
            Scope = scope,
            Endpoint = new("POST", "/api/sync"),
            Cron = "0 0 1 1 *",
            TimeZone = "UTC",
            Enabled = true,
            Payload = "[0]",
            CreatedAt = now,
            UpdatedAt = now,
        };
        return (await host.Store.Schedules.CreateAsync(schedule, Limits(now), Entry(host, "schedule.create"))).Schedule!;
    }

    private static async Task ReplaceAsync(TestHost host, Schedule schedule, string? payload, DateTimeOffset now) => Assert.True(
        (await host.Store.Schedules.UpdateAsync(
            schedule.Scope,
            schedule.Id,
            before => ScheduleChange.Done(before with { Payload = payload }),
            Limits(now),
            Entry(host, "schedule.update"))).IsDone);

    private static ScheduleChangeLimits Limits(DateTimeOffset now) => new(now, 50, new TokenBucket(1_000_000));

    private static Audit.AuditEntry Entry(TestHost host, string action) => Audit.AuditEntry.Of(host.Time, scope: null, TestHost.Admin, action, target: null);

    private static AttemptOutcome Ended(ClaimedRun run, DateTimeOffset now, bool again) => new()
    {
        Lease = run.Lease,
        Attempt = run.Attempt,
        State = again ? RunState.Queued : RunState.Failed,
        Reason = RunReason.ErrorStatus,
        StartedAt = now,
        FinishedAt = now,
        RetryAt = again ? now : null,
        Error = "The endpoint answered 500",
    };

    private enum StepKind
    {
        Replace,
        Run,
        Repeat,
    }

    private readonly record struct Step(StepKind Kind, int Which);
}
