using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>Makes the answer of what was found: the sentence, its causes, and what to do. All words are here and in <see cref="CauseSentences"/>.</summary>
internal static class WhySentences
{
    /// <summary>The answer.</summary>
    /// <param name="ground">What it was found from.</param>
    /// <param name="finding">What was found.</param>
    /// <param name="before">The answer for the occurrence before; only where the instant was not due.</param>
    public static WhyAnswer Tell(WhyGround ground, WhyFinding finding, WhyAnswer? before = null)
    {
        var times = ground.Times;
        var zone = (times.InForce(ground.At).FirstOrDefault() ?? times.Present ?? ground.Rows.Definitions.Concat(ground.Rows.Later).FirstOrDefault())?.TimeZone
            ?? ground.Rows.Schedule?.TimeZone ?? TimeZones.Default;
        var clock = new LocalClock(zone, ground.At, ground.Now);
        var causes = new CauseSentences(clock);
        var head = Head(finding, ground, clock.Full());
        var sentence = finding.Causes.Count == 0 ? $"{head}." : $"{head}: {causes.Phrase(finding.Causes)}.";
        return new WhyAnswer(
            ground.At,
            finding.Verdict,
            before is null ? sentence : $"{sentence} The occurrence before: {char.ToLowerInvariant(before.Sentence[0])}{before.Sentence[1..]}",
            [.. finding.Causes.Select(causes.Tell)],
            WhyRemedies.Of(finding, Standing.Of(ground)),
            times.Before(ground.At),
            times.After(ground.At))
        {
            Row = WhyChain.FindRow(ground),
        };
    }

    private static string Head(WhyFinding finding, WhyGround ground, string time) => finding.Verdict switch
    {
        WhyVerdict.Succeeded => $"It ran at {time} and succeeded",
        WhyVerdict.Failed => $"It ran at {time} and failed",
        WhyVerdict.Running => $"It is under way for {time}",
        WhyVerdict.Queued => $"It waits to start for {time}",
        WhyVerdict.Skipped or WhyVerdict.Missed or WhyVerdict.Paused or WhyVerdict.Disabled => $"It did not run at {time}",
        WhyVerdict.Abandoned when finding.Causes.Any(c => c is Cause.OfAttempt or Cause.OfRun { Run.Attempt: > 0 }) => $"It ran at {time} and was given up",
        WhyVerdict.Abandoned => $"It did not run at {time}",
        WhyVerdict.NotDue => ground.At > ground.Now ? $"It is not due at {time}" : $"It was not due at {time}",
        WhyVerdict.WillRun => $"It will run at {time}",
        WhyVerdict.WillNotRun => $"It will not run at {time}, as things stand",
        WhyVerdict.NotYetCreated => $"It was not there yet at {time}",
        WhyVerdict.Deleted => ground.At > ground.Now ? $"It will not be there at {time}" : $"It was not there any more at {time}",
        WhyVerdict.BeyondRetention => $"It is not known any more what became of {time}",
        _ => throw new InvalidOperationException($"A verdict that nobody knows: {finding.Verdict}"),
    };
}
