using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Pausing;
using Escapement.Previews;
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
    /// <param name="context">The request.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="refuse">Says why a schedule could not be changed; null for pauses above schedules.</param>
    public static IResult Paused(HttpContext context, PauseOutcome outcome, Func<ScheduleChange, IResult>? refuse = null) =>
        outcome is PauseOutcome.Done { Pause: { } made } done
        ? Answer.Json(new PausedJson(PauseJson.Of(made), done.UnderWay))
        : RefusalOf(context, outcome, refuse);

    /// <summary>Shows what resuming would do, and keeps it to be committed.</summary>
    public static async Task<IResult> PreviewAsync(HttpContext context, string kind, string? word, Func<PauseEnd?, ValueTask<ResumePreview?>> preview)
    {
        if (!PauseWords.TryRead(word, out var onEnd))
        {
            return Refusal.BadRequest("onEnd", UnknownEnd);
        }

        if (await preview(onEnd) is not { } shown)
        {
            return RefusalOf(context, new PauseOutcome.NotPaused());
        }

        var kept = await context.KeepPreviewAsync(
            kind,
            new ShownResume(shown.Pause, shown.At, shown.OnEnd),
            [.. shown.Each.Select(h => new PreviewedThing(h.Schedule.Value, h.Revision))]);
        return Answer.Json(ShownResumeJson.Of(shown, kept));
    }

    /// <summary>Resumes: as the pause or the request says, or as it was shown.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">As it was shown with.</param>
    /// <param name="request">The body.</param>
    /// <param name="word">What the query says.</param>
    /// <param name="resume">Resumes, given also what was shown, with schedules and revisions.</param>
    /// <param name="answer">What is answered.</param>
    /// <param name="refuse">Says why a schedule could not be changed; null for pauses above schedules.</param>
    public static async Task<IResult> ResumeAsync(
        HttpContext context,
        string kind,
        ResumeRequest request,
        string? word,
        Func<ResumeTerms, IReadOnlyList<PreviewedThing>, ValueTask<PauseOutcome>> resume,
        Func<ValueTask<IResult>> answer,
        Func<ScheduleChange, IResult>? refuse = null)
    {
        if (!PauseWords.TryRead(word, out var onEnd))
        {
            return Refusal.BadRequest("onEnd", UnknownEnd);
        }

        var (terms, things) = (new ResumeTerms(onEnd), (IReadOnlyList<PreviewedThing>)[]);
        if (request.PreviewToken is { } token)
        {
            if (word is not null)
            {
                return Refusal.BadRequest("onEnd", "What was shown says how the pause ends; leave onEnd out");
            }

            var taken = await context.TakePreviewAsync<ShownResume>(kind, token);
            if (taken.Refusal is not null)
            {
                return taken.Refusal;
            }

            (terms, things) = (ResumeTerms.Of(taken.Content!), taken.Things);
        }

        var outcome = await resume(terms, things);
        return outcome is PauseOutcome.Done ? await answer() : RefusalOf(context, outcome, refuse);
    }

    private static IResult RefusalOf(HttpContext context, PauseOutcome outcome, Func<ScheduleChange, IResult>? refuse = null) => outcome switch
    {
        PauseOutcome.ChangedMeanwhile { Current: var current } when context.IfMatch() is { } match && refuse is null =>
            match.Refuse(LayerJson.Fields(current), LayerJson.Of(current)),
        PauseOutcome.ChangedMeanwhile => Refusal.Conflict(
            "preview-outdated", "The preview is outdated", "The pause is not the one that was shown; look at what is there and ask for another"),
        PauseOutcome.Invalid invalid => Refusal.Invalid(invalid.Problems),
        PauseOutcome.Already => Refusal.Conflict("already-paused", "Already paused", outcome.Refusal!),
        PauseOutcome.NotPaused => Refusal.Conflict("not-paused", "Not paused", outcome.Refusal!),
        PauseOutcome.OperatorsOnly => Refusal.Conflict("operators-pause", "An operator's pause", outcome.Refusal!),
        PauseOutcome.Refused { Change: var change } => refuse is null ? Refusal.NotFound(outcome.Refusal!) : refuse(change),
        _ => throw new InvalidOperationException($"Not a refusal of a pause: {outcome}"),
    };
}
