using System.Diagnostics;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Holding;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;

namespace Escapement.Firing.Stages;

/// <summary>
/// The spans of the stages, each named as its stage. Claim, prepare and record work on batches and have one span for a batch; a run has a
/// trace of its own, from invoke on, with a link to its claim. While nobody listens they are null, and nothing is worked out for them.
/// </summary>
internal static class StageTelemetry
{
    private const string LeaseLost = "lease-lost";

    public static Activity? StartBatch(this EscapementTelemetry telemetry, string name, int? size = null, Activity? parent = null)
    {
        var span = telemetry.Source.StartActivity(name, ActivityKind.Internal, parent?.Context ?? default);
        return size is { } count ? span?.SetTag(TelemetryTags.BatchSize, count) : span;
    }

    /// <summary>How much a claim brought. A node claims also when it has nothing to do: what came to nothing is not exported.</summary>
    public static void Claimed(this Activity? span, ClaimedBatch batch)
    {
        span?.SetTag(TelemetryTags.BatchSize, batch.Runs.Count);
        if (span is not null && batch is { Runs.Count: 0, Missed: 0, Skipped: 0, Unplannable: 0 })
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    public static Activity? StartInvoke(this EscapementTelemetry telemetry, HeldRun run)
    {
        if (telemetry.Source.HasListeners())
        {
            ActivityLink[] links = run.Span is { } claim ? [new ActivityLink(claim.Context)] : [];
            run.Span = telemetry.Source.StartActivity(ActivityKind.Internal, links: links, name: "escapement.invoke");
            return Describe(run.Span, run.Claimed);
        }

        return run.Span = null;
    }

    /// <summary>How an invocation ended. What an answer means is for the next stage to say.</summary>
    public static void Invoked(this Activity? span, AttemptEnd end)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        if (end is AttemptEnd.Returned { Invoked: var invoked })
        {
            span.SetTag(TelemetryTags.ColdStart, invoked.ColdStart);
            span.SetTag(TelemetryTags.StatusCode, (invoked.Result as InvocationResult.Responded)?.Response.Status);
        }

        var error = end switch
        {
            AttemptEnd.Returned { Invoked.Result: InvocationResult.Responded } => null,
            AttemptEnd.Returned { Invoked.Result: InvocationResult.Failed failed } => RunExplanation.Word(failed.Reason),
            AttemptEnd.HostFailed failed => failed.Fault.GetType().FullName,
            AttemptEnd.LeaseLost => LeaseLost,
            AttemptEnd.NotReady waiting => RunExplanation.Word(waiting.Reason),
            _ => RunExplanation.Word(RunReason.NodeStopped),
        };
        Fail(span, error);
    }

    public static Activity? StartClassify(this EscapementTelemetry telemetry, HeldRun run) =>
        telemetry.Source.HasListeners()
            ? Describe(telemetry.Source.StartActivity("escapement.classify", ActivityKind.Internal, run.Span?.Context ?? default), run.Claimed)
            : null;

    public static void Classified(this EscapementTelemetry telemetry, Activity? span, ClaimedRun run, AttemptEnd end, AttemptOutcome? outcome)
    {
        if (outcome is null)
        {
            telemetry.Firing.LeaseLost();
            Fail(span, LeaseLost);
            return;
        }

        if (end is AttemptEnd.Returned { Invoked: var invoked })
        {
            telemetry.Firing.Pace.Add(invoked.Duration);
            if (telemetry.Firing.WantsAttempts)
            {
                telemetry.Firing.Attempted(invoked.StartedAt - run.StartAt, invoked.Duration, outcome.State);
            }
        }

        span?.SetTag(TelemetryTags.Outcome, FiringMetrics.Word(outcome.State));
        Fail(span, RunExplanation.Word(outcome.Reason));
    }

    private static Activity? Describe(Activity? span, ClaimedRun run)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.AddTag(TelemetryTags.Trigger, run.Trigger == RunTrigger.Schedule ? "timer" : "other");
            span.AddTag(TelemetryTags.Time, Timestamps.Format(run.DueAt));
            span.AddTag(TelemetryTags.Tenant, run.Scope.Tenant.Value);
            span.AddTag(TelemetryTags.Install, run.Scope.Install.ToString());
            span.AddTag(TelemetryTags.Schedule, run.Schedule.ToString());
            span.AddTag(TelemetryTags.Run, run.Lease.Id.ToString());
            span.AddTag(TelemetryTags.Attempt, run.Attempt);
        }

        return span;
    }

    private static void Fail(Activity? span, string? error)
    {
        if (error is not null)
        {
            span?.SetTag(TelemetryTags.ErrorType, error).SetStatus(ActivityStatusCode.Error);
        }
    }
}
