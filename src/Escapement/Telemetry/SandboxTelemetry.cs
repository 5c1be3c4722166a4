using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Escapement.Telemetry;

/// <summary>What a sandbox tells. A sandbox of an application's own can use it as the built-in one does.</summary>
public sealed class SandboxTelemetry
{
    private readonly ActivitySource source;
    private readonly Histogram<double> compileDuration;
    private readonly Counter<long> hostCalls;

    internal SandboxTelemetry(Meter meter, ActivitySource source)
    {
        this.source = source;
        compileDuration = Durations.CreateLong(meter, "escapement.sandbox.compile.duration", "How long the compilation of a component took, by outcome");
        hostCalls = meter.CreateCounter<long>("escapement.host.calls", "{call}", "Calls of guests to the host, by operation");
    }

    /// <summary>A compilation ended.</summary>
    /// <param name="took">After how long.</param>
    /// <param name="outcome">How, as a word: <c>compiled</c>, <c>refused</c>, <c>timed-out</c>, <c>out-of-memory</c>, <c>too-large</c>,
    /// <c>compiler-lost</c>, <c>given-up</c>.</param>
    public void Compiled(TimeSpan took, string outcome) =>
        compileDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>(TelemetryTags.Outcome, outcome));

    /// <summary>Counts a call of a guest to the host, and begins its span, which the caller ends; null while nobody listens.</summary>
    /// <param name="operation">Which, such as <c>scheduler.list</c>.</param>
    /// <param name="parent">The span that the invocation is in; guests run on threads that do not know it.</param>
    public Activity? StartHostCall(string operation, Activity? parent)
    {
        hostCalls.Add(1, new KeyValuePair<string, object?>(TelemetryTags.Operation, operation));
        return source.StartActivity("escapement.host.call", ActivityKind.Internal, parent?.Context ?? default)?.SetTag(TelemetryTags.Operation, operation);
    }

    /// <summary>Says that a host call failed in the host. A refusal that the guest gets as an answer is no failure.</summary>
    /// <param name="call">What <see cref="StartHostCall"/> began.</param>
    /// <param name="fault">How.</param>
    public static void Fail(Activity? call, Exception fault) =>
        call?.SetTag(TelemetryTags.ErrorType, fault.GetType().FullName).SetStatus(ActivityStatusCode.Error);
}
