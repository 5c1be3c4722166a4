using System.Diagnostics;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Telemetry;

namespace Escapement.Firing;

/// <summary>The spans and metrics of runs on their path.</summary>
public sealed class PathTelemetryTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private TestHost host = null!;
    private Listening listening = null!;
    private HookedInstalls installs = null!;
    private InstalledExtension extension = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.CreateAsync(wrapInstalls: inner => installs = new HookedInstalls(inner));
        listening = new Listening(host.Telemetry);
        extension = await host.InstallAsync();
    }

    public async ValueTask DisposeAsync()
    {
        listening.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Fire_Listened_LeavesASpanForEachStage()
    {
        await FireAsync(await host.ScheduleAsync(extension));

        var claim = Assert.Single(listening.SpansOf("escapement.claim"));
        var prepare = Assert.Single(listening.SpansOf("escapement.prepare"));
        var invoke = Assert.Single(listening.SpansOf("escapement.invoke"));
        var classify = Assert.Single(listening.SpansOf("escapement.classify"));
        var record = Assert.Single(listening.SpansOf("escapement.record"));
        Assert.Equal((claim.TraceId, claim.SpanId), (prepare.TraceId, prepare.ParentSpanId));
        Assert.Equal((default(ActivitySpanId), claim.Context), (invoke.ParentSpanId, Assert.Single(invoke.Links).Context));
        Assert.Equal((invoke.TraceId, invoke.SpanId), (classify.TraceId, classify.ParentSpanId));
        Assert.Equal(default, record.ParentSpanId);
        Assert.Equal(3, new[] { claim, invoke, record }.Select(s => s.TraceId).Distinct().Count());
        Assert.All([claim, prepare, record], s => Assert.Equal("escapement.batch.size=1", Tags(s)));
    }

    [Fact]
    public async Task Fire_Listened_SaysOfWhomItWas()
    {
        var schedule = await host.ScheduleAsync(extension);
        await FireAsync(schedule);

        var run = Assert.Single(await host.LedgerAsync(schedule));
        var request = Assert.Single(host.Sandbox.Invocations).Request;
        var ofWhom = $"faas.trigger=timer faas.time=2026-03-02T09:00:00.000Z escapement.tenant=acme escapement.install={extension.Install.Scope.Install} "
            + $"escapement.schedule={schedule.Id} escapement.run={run.Id} escapement.attempt=1";
        var invoke = Assert.Single(listening.SpansOf("escapement.invoke"));
        Assert.Equal($"{ofWhom} faas.invocation_id={request.RequestId} http.response.status_code=200", Tags(invoke));
        Assert.Equal($"{ofWhom} escapement.outcome=succeeded", Tags(Assert.Single(listening.SpansOf("escapement.classify"))));
        Assert.Contains(KeyValuePair.Create("traceparent", invoke.Id!), request.Headers);
        Assert.Equal(ActivityStatusCode.Unset, invoke.Status);
    }

    [Fact]
    public async Task Fire_Listened_MeasuresItWithoutSayingWhoseItWas()
    {
        var schedule = await host.ScheduleAsync(extension);
        host.Sandbox.Behaviour = (_, _) =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(FakeSandbox.Answer(200));
        };
        await FireAsync(schedule, Nine.AddMilliseconds(250));

        Assert.Equal([new Measured("escapement.fire.lateness", 0.25, "")], listening.Of("escapement.fire.lateness"));
        Assert.Equal([new Measured("escapement.run.duration", 2, "escapement.outcome=succeeded")], listening.Of("escapement.run.duration"));
        Assert.Equal([new Measured("escapement.runs", 1, "escapement.outcome=succeeded escapement.reason=none")], listening.Of("escapement.runs"));
        Assert.Equal(1, listening.Of("escapement.claim.batch").Sum(m => m.Value));
        Assert.NotEmpty(listening.Of("escapement.claim.duration"));
        string[] ofWhom = ["acme", extension.Install.ExtensionId, extension.Install.Scope.Install.ToString(), schedule.Id.ToString()];
        Assert.All(listening.Measurements, m => Assert.DoesNotContain(ofWhom, who => m.Labels.Contains(who, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(500, "error-status")]
    [InlineData(null, "trap")]
    public async Task Fire_Fails_SaysSoInSpansAndMetrics(int? status, string reason)
    {
        var result = status is { } code ? FakeSandbox.Answer(code) : new InvocationResult.Failed(RunReason.Trap, "unreachable");
        host.Sandbox.Behaviour = (_, _) => Task.FromResult(result);
        await FireAsync(await host.ScheduleAsync(extension));

        var (invoke, classify) = (Assert.Single(listening.SpansOf("escapement.invoke")), Assert.Single(listening.SpansOf("escapement.classify")));
        Assert.Equal((status, status is null ? reason : null), (invoke.GetTagItem("http.response.status_code"), invoke.GetTagItem("error.type")));
        Assert.Equal(("failed", reason), (classify.GetTagItem("escapement.outcome"), classify.GetTagItem("error.type")));
        Assert.Equal((status is null ? ActivityStatusCode.Error : ActivityStatusCode.Unset, ActivityStatusCode.Error), (invoke.Status, classify.Status));
        Assert.Equal([$"escapement.outcome=failed escapement.reason={reason}"], listening.Of("escapement.runs").Select(m => m.Labels));
    }

    [Fact]
    public async Task RunNow_Listened_IsNoTimersAndHasNoLateness()
    {
        var schedule = await host.ScheduleAsync(extension);
        await host.StartEngineAsync();
        await host.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), TestHost.Admin);
        await host.Signals.RecordedAsync(1);
        await host.StopEngineAsync();

        Assert.Equal("other", Assert.Single(listening.SpansOf("escapement.invoke")).GetTagItem("faas.trigger"));
        Assert.Single(listening.Of("escapement.run.duration"));
        Assert.Empty(listening.Of("escapement.fire.lateness"));
    }

    [Fact]
    public async Task Fire_CannotBePrepared_HasNoInvocationAndIsClassifiedInItsClaimsTrace()
    {
        installs.Before = _ => host.Installs.SetEnabledAsync(extension.Install.Scope, enabled: false, TestHost.Admin).AsTask();
        await FireAsync(await host.ScheduleAsync(extension));

        Assert.Empty(listening.SpansOf("escapement.invoke"));
        var (claim, classify) = (Assert.Single(listening.SpansOf("escapement.claim")), Assert.Single(listening.SpansOf("escapement.classify")));
        Assert.Equal(claim.SpanId, classify.ParentSpanId);
        Assert.Equal(("abandoned", "install-disabled"), (classify.GetTagItem("escapement.outcome"), classify.GetTagItem("error.type")));
        Assert.Equal(["escapement.outcome=abandoned escapement.reason=install-disabled"], listening.Of("escapement.runs").Select(m => m.Labels));
        Assert.Empty(listening.Of("escapement.run.duration"));
    }

    [Fact]
    public async Task Fire_AfterDownTimeAndDuringTheRunBefore_CountsMissedAndSkippedOccurrences()
    {
        var schedule = await host.ScheduleAsync(extension, "0 * * * *");
        var answer = new TaskCompletionSource<InvocationResult>();
        host.Sandbox.Behaviour = (_, _) => answer.Task;
        host.Time.SetUtcNow(Nine.AddHours(3));
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine.AddHours(4));
        answer.SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(1);

        Assert.Equal([3.0], listening.Of("escapement.occurrences.missed").Select(m => m.Value));
        Assert.Equal([1.0], listening.Of("escapement.occurrences.skipped").Select(m => m.Value));
        Assert.Equal(3, (await host.LedgerAsync(schedule)).Count);
    }

    [Fact]
    public async Task Fire_WhileARunIsUnderWay_TellsSlots()
    {
        host.Sandbox.Behaviour = (_, _) =>
        {
            listening.Observe();
            return Task.FromResult(FakeSandbox.Answer(200));
        };
        await FireAsync(await host.ScheduleAsync(extension));

        Assert.Equal([1.0], listening.Of("escapement.slots.used").Select(m => m.Value));
        Assert.Equal([8.0], listening.Of("escapement.slots.limit").Select(m => m.Value));
    }

    [Fact]
    public async Task Recover_RunOfALostNode_CountsTheLostAttempt()
    {
        await host.ScheduleAsync(extension);
        await host.ClaimAsOtherNodeAsync(Nine);
        host.Time.SetUtcNow(Nine.AddMinutes(1));
        await host.StartEngineAsync();
        await host.Signals.RecordedAsync(1);

        Assert.Equal(
            ["escapement.outcome=queued escapement.reason=node-lost", "escapement.outcome=succeeded escapement.reason=none"],
            listening.Of("escapement.runs").Select(m => m.Labels));
    }

    [Fact]
    public async Task Claim_FindsNothing_IsNotExported()
    {
        await host.StartEngineAsync();
        await host.StopEngineAsync();

        Assert.NotEmpty(listening.Spans);
        Assert.DoesNotContain(listening.Spans, s => s.Recorded);
    }

    private static string Tags(Activity span) => string.Join(' ', span.TagObjects.Select(t => $"{t.Key}={t.Value}"));

    // The engine is stopped before anything is asserted, so that the last span has ended.
    private async Task FireAsync(Schedule schedule, DateTimeOffset? at = null)
    {
        Assert.Equal(Nine, schedule.NextDueAt);
        await host.StartEngineAsync();
        await host.AdvanceToAsync(at ?? Nine);
        await host.Signals.RecordedAsync(1);
        await host.StopEngineAsync();
    }
}
