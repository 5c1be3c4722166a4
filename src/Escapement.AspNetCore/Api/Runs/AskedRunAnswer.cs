using Escapement.AspNetCore.Problems;
using Escapement.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api.Runs;

/// <summary>What routes share by which somebody asks for a run: what they may say, and the answer.</summary>
internal static class AskedRunAnswer
{
    public static IResult Of(HttpContext context, RunNowOutcome outcome, string notFound) => outcome switch
    {
        RunNowOutcome.Queued queued => Answer.Accepted(
            context,
            RunEndpoints.PathOf(queued.Run, context.RequestServices.GetRequiredService<EscapementOptions>()),
            RunJson.Of(queued.Run, RunNames.None)),
        RunNowOutcome.AlreadyRunning open =>
            Refusal.Conflict("already-running", "A run is open", $"Run {open.Run} of this schedule has not ended yet", open.Run.ToString()),
        RunNowOutcome.InstallDisabled => Refusal.Conflict("install-disabled", "Install disabled", "The install is disabled; enable it first"),
        RunNowOutcome.Paused => Refusal.Conflict("paused", "Paused", outcome.Refusal!),
        RunNowOutcome.NotEnded open => Refusal.Conflict("not-ended", "The run is open", "It can be repeated when it has ended", open.Run.ToString()),
        RunNowOutcome.NeverStarted => Refusal.Conflict("never-started", "The run never started", $"{outcome.Refusal}; run the schedule now instead"),
        RunNowOutcome.ScheduleGone => Refusal.Conflict("schedule-gone", "The schedule is gone", $"{outcome.Refusal}; restore it first"),
        RunNowOutcome.PayloadGone => Refusal.Conflict("payload-gone", "The payload is gone", $"{outcome.Refusal}; run the schedule now with its own"),
        RunNowOutcome.InvalidNote invalid => Refusal.Invalid([invalid.Problem]),
        RunNowOutcome.NotFound => Refusal.NotFound(notFound),
        var unknown => throw new InvalidOperationException($"An outcome that nobody knows: {unknown}"),
    };
}

/// <summary>What somebody says who asks for a run.</summary>
internal sealed record AskedRunRequest
{
    /// <summary>Why: at most 512 characters; the run and the audit entry keep it.</summary>
    public string? Note { get; init; }
}
