using System.Diagnostics.Metrics;

namespace Escapement.Telemetry;

public sealed class InstrumentTests : IDisposable
{
    private readonly EscapementTelemetry telemetry = new();

    public void Dispose() => telemetry.Dispose();

    [Fact]
    public void Meter_Listened_HasTheInstrumentsOfTheGuide()
    {
        using var listening = new Listening(telemetry);

        Assert.Equal("Escapement", EscapementTelemetry.Name);
        Assert.Equal(("Escapement", "Escapement"), (telemetry.Meter.Name, telemetry.Source.Name));
        Assert.Equal(
            [
                ("escapement.claim.batch", typeof(Histogram<int>), "{run}"),
                ("escapement.claim.duration", typeof(Histogram<double>), "s"),
                ("escapement.clock.offset", typeof(ObservableGauge<double>), "s"),
                ("escapement.fire.lateness", typeof(Histogram<double>), "s"),
                ("escapement.gateway.queue.depth", typeof(ObservableUpDownCounter<int>), "{call}"),
                ("escapement.gateway.refusals", typeof(Counter<long>), "{call}"),
                ("escapement.host.calls", typeof(Counter<long>), "{call}"),
                ("escapement.lease.lost", typeof(Counter<long>), "{lease}"),
                ("escapement.occurrences.missed", typeof(Counter<long>), "{occurrence}"),
                ("escapement.occurrences.skipped", typeof(Counter<long>), "{occurrence}"),
                ("escapement.run.duration", typeof(Histogram<double>), "s"),
                ("escapement.runs", typeof(Counter<long>), "{attempt}"),
                ("escapement.sandbox.compile.duration", typeof(Histogram<double>), "s"),
                ("escapement.slots.limit", typeof(ObservableUpDownCounter<int>), "{slot}"),
                ("escapement.slots.used", typeof(ObservableUpDownCounter<int>), "{slot}"),
                ("escapement.store.errors", typeof(Counter<long>), "{error}"),
            ],
            listening.Instruments.Select(i => (i.Name, i.GetType(), i.Unit)).OrderBy(i => i.Name, StringComparer.Ordinal));
        Assert.All(listening.Instruments, i => Assert.False(string.IsNullOrWhiteSpace(i.Description)));

        var guide = File.ReadAllText(Path.Combine(FindRoot(), "docs/guides/observing.md"));
        Assert.All(listening.Instruments, i => Assert.Contains($"`{i.Name}`", guide, StringComparison.Ordinal));
    }

    [Fact]
    public void ClockOffset_OnlyOfAStoreWithAClock_IsInSeconds()
    {
        using var listening = new Listening(telemetry);
        listening.Observe();
        Assert.Empty(listening.Of("escapement.clock.offset"));

        telemetry.Store.ObserveClock(() => TimeSpan.FromMilliseconds(-1_500));
        listening.Observe();

        Assert.Equal(-1.5, Assert.Single(listening.Of("escapement.clock.offset")).Value);
    }

    [Fact]
    public void HostCall_Listened_IsCountedAndAChildOfTheInvocation()
    {
        using var listening = new Listening(telemetry);
        using var invocation = telemetry.Source.StartActivity("an invocation")!;
        telemetry.Sandbox.StartHostCall("scheduler.list", invocation)!.Dispose();
        using (var failed = telemetry.Sandbox.StartHostCall("scheduler.get", invocation))
        {
            SandboxTelemetry.Fail(failed, new StoreUnavailableException("away"));
        }

        Assert.Equal(
            ["escapement.host.operation=scheduler.list", "escapement.host.operation=scheduler.get"],
            listening.Of("escapement.host.calls").Select(m => m.Labels));
        var spans = listening.SpansOf("escapement.host.call");
        Assert.All(spans, s => Assert.Equal((invocation.TraceId, invocation.SpanId), (s.TraceId, s.ParentSpanId)));
        Assert.Equal([null, "Escapement.StoreUnavailableException"], spans.Select(s => s.GetTagItem("error.type")));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Escapement.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Escapement.slnx");
        }

        return folder.FullName;
    }
}
