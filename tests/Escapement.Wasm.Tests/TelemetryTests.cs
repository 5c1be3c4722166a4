using System.Diagnostics;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Telemetry;

namespace Escapement.Wasm.Tests;

public abstract class TelemetryTests(SandboxIsolation isolation)
{
    private const string Delete = "(call $remove (i32.const 64) (i32.const 5) (i32.const 128))";

    private static readonly GuestComponent Deletes = new GuestComponent
    {
        Pages = 4,
        Body = $"{Delete} {Delete} {GuestComponent.AnswerOk}",
    }.ImportDelete();

    [Fact]
    public async Task Invoke_GuestCallsTheHost_LeavesChildrenOfTheCallersSpan()
    {
        await using var fixture = new SandboxFixture(isolation);
        using var listening = new Listening(fixture.Telemetry);
        ActivityContext caller;
        using (var span = fixture.Telemetry.Source.StartActivity("the caller")!)
        {
            caller = span.Context;
            await fixture.InvokeAsync(Deletes);
        }

        var calls = listening.SpansOf("escapement.host.call");
        Assert.Equal(2, calls.Count);
        Assert.All(calls, c => Assert.Equal((caller.TraceId, caller.SpanId), (c.TraceId, c.ParentSpanId)));
        Assert.All(calls, c => Assert.Equal("scheduler.delete", c.GetTagItem("escapement.host.operation")));
        var counted = new Measured("escapement.host.calls", 1, "escapement.host.operation=scheduler.delete");
        Assert.Equal([counted, counted], listening.Of("escapement.host.calls"));
    }

    [Fact]
    public async Task Invoke_HostCallFails_SaysSo()
    {
        await using var fixture = new SandboxFixture(isolation);
        using var listening = new Listening(fixture.Telemetry);
        fixture.Scheduler.OnDelete = (_, _) => Task.FromException<ScheduleChange>(new StoreUnavailableException("away"));

        await fixture.InvokeAsync(Deletes);

        var call = Assert.Single(listening.SpansOf("escapement.host.call"));
        Assert.Equal(("Escapement.StoreUnavailableException", ActivityStatusCode.Error), (call.GetTagItem("error.type"), call.Status));
    }

    [Fact]
    public async Task Invoke_TwiceWithOneComponent_CompilesOnceAndIsColdOnce()
    {
        await using var fixture = new SandboxFixture(isolation);
        using var listening = new Listening(fixture.Telemetry);
        var invocation = fixture.Publish(new GuestComponent().ToBytes());

        var first = await fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None);
        var second = await fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None);

        Assert.Equal((true, false), (first.ColdStart, second.ColdStart));
        Assert.True(Assert.Single(listening.Of("escapement.sandbox.compile.duration")).Value > 0);
    }

    public sealed class InProcess() : TelemetryTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : TelemetryTests(SandboxIsolation.Process);
}
