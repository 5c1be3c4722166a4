using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Pausing;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Api.Pauses;

/// <summary>What routes of pauses share: reading their words, and answering what came of it.</summary>
internal static class PauseAnswer
{
    private const string UnknownEnd = "onEnd must be next, latest or all";

    /// <summary>Whether the caller may end an operator's pause.</summary>
    public static bool IsOperator(this HttpContext context) => context.Principal().Role == EscapementRole.Operator;

    /// <summary>Pauses, if the request can be read.</summary>
    public static async Task<IResult> PauseAsync(
        JsonBody<PauseRequest> body, Func<PauseInput, ValueTask<PauseOutcome>> pause, Func<PauseOutcome, IResult> answer)
    {
        var (note, until, word) = body.Value;
        return PauseWords.TryRead(word, out var onEnd)
            ? answer(await pause(new PauseInput { Note = note, Until = until, OnEnd = onEnd }))
            : Refusal.Invalid(UnknownEnd, new Dictionary<string, string> { ["onEnd"] = UnknownEnd });
    }

    /// <summary>What came of pausing.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="refuse">Says why a schedule could not be changed; null for pauses above schedules.</param>
    public static IResult Paused(PauseOutcome outcome, Func<ScheduleChange, IResult>? refuse = null) => outcome is PauseOutcome.Done { Pause: { } made } done
        ? Answer.Json(new PausedJson(PauseJson.Of(made), done.UnderWay))
        : RefusalOf(outcome, refuse);

    /// <summary>Shows what resuming would do.</summary>
    public static async Task<IResult> PreviewAsync(string? word, Func<PauseEnd?, ValueTask<ResumePreview?>> preview) =>
        !PauseWords.TryRead(word, out var onEnd) ? Refusal.BadRequest("onEnd", UnknownEnd)
        : await preview(onEnd) is { } shown ? Answer.Json(ResumePreviewJson.Of(shown))
        : RefusalOf(new PauseOutcome.NotPaused());

    /// <summary>Resumes.</summary>
    public static async Task<IResult> ResumeAsync(
        string? word,
        Func<PauseEnd?, ValueTask<PauseOutcome>> resume,
        Func<ValueTask<IResult>> answer,
        Func<ScheduleChange, IResult>? refuse = null)
    {
        if (!PauseWords.TryRead(word, out var onEnd))
        {
            return Refusal.BadRequest("onEnd", UnknownEnd);
        }

        var outcome = await resume(onEnd);
        return outcome is PauseOutcome.Done ? await answer() : RefusalOf(outcome, refuse);
    }

    private static IResult RefusalOf(PauseOutcome outcome, Func<ScheduleChange, IResult>? refuse = null) => outcome switch
    {
        PauseOutcome.Invalid invalid => Refusal.Invalid(invalid.Problems),
        PauseOutcome.Already => Refusal.Conflict("already-paused", "Already paused", outcome.Refusal!),
        PauseOutcome.NotPaused => Refusal.Conflict("not-paused", "Not paused", outcome.Refusal!),
        PauseOutcome.OperatorsOnly => Refusal.Conflict("operators-pause", "An operator's pause", outcome.Refusal!),
        PauseOutcome.Refused { Change: var change } when refuse is not null => refuse(change),
        _ => throw new InvalidOperationException($"Not a refusal of a pause: {outcome}"),
    };
}
