using System.Globalization;
using System.Text;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Why;

namespace Escapement.Tests.Why;

/// <summary>
/// The exact sentences. What they are lies beside this file, one file a zone, to be read as those read it who ask; with
/// <c>ESCAPEMENT_WRITE_SENTENCES=FOLDER</c> the files are written anew there.
/// </summary>
public sealed class WhySentencesTests
{
    public static readonly TheoryData<string> Zones = new("America/New_York", "Europe/Berlin", "Australia/Lord_Howe");

    [Theory]
    [MemberData(nameof(Zones))]
    public void Tell_EveryScene_SaysWhatIsKept(string zone)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Why", $"{zone.Replace('/', '-')}.txt");
        var told = string.Join('\n', WhyScenes.In(zone).Select(s => Text(s.Name, s.Scene.Answer())));
        if (Environment.GetEnvironmentVariable("ESCAPEMENT_WRITE_SENTENCES") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), told);
        }

        Assert.Equal(File.ReadAllText(file).Split('\n'), told.Split('\n'));
    }

    [Fact]
    public void Scenes_OfOneZone_HaveEveryVerdictReasonLayerAndCause()
    {
        var answers = WhyScenes.In("Europe/Berlin").Select(s => (s.Scene, Answer: s.Scene.Answer())).ToList();
        var codes = answers.SelectMany(a => a.Answer.Causes.Select(c => c.Code)).ToHashSet();

        Assert.Empty(Enum.GetValues<WhyVerdict>().Except(answers.Select(a => a.Answer.Verdict)));
        // An attempt's reason, or a pause, says these in its own words.
        Assert.Empty(Enum.GetValues<RunReason>()
            .Where(r => r is not (RunReason.None or RunReason.Paused or RunReason.NodeStopped))
            .Select(r => RunExplanation.Word(r)!)
            .Except(codes));
        Assert.Empty(Enum.GetValues<PauseLayer>()
            .Select(l => l.ToString().ToLowerInvariant())
            .Except(answers.SelectMany(a => a.Answer.Causes.Select(c => c.Parameters.GetValueOrDefault("layer")))));
        var kinds = answers.SelectMany(a => a.Scene.Finding().Causes.Select(c => c.GetType())).ToHashSet();
        Assert.Empty(typeof(Cause).GetNestedTypes().Except(kinds));
    }

    [Fact]
    public void Tell_AnyScene_IsSentencesOfOneForm() => Assert.All(
        Zones.SelectMany(z => WhyScenes.In(z.Data)).Select(s => s.Scene.Answer()),
        answer =>
        {
            Assert.Matches("^It .*[^.]\\.$", answer.Sentence);
            Assert.DoesNotContain("  ", answer.Sentence, StringComparison.Ordinal);
            Assert.Matches("^[A-Z].*\\.$", answer.Remedy.Sentence);
            Assert.All(answer.Causes, c => Assert.Matches("^[A-Z].*[^.]\\.$", c.What));
        });

    private static string Text(string name, WhyAnswer answer)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {name}\n{answer.Verdict.Word()}: {answer.Sentence}\n");
        foreach (var cause in answer.Causes)
        {
            var parameters = string.Join(", ", cause.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value}"));
            text.Append(CultureInfo.InvariantCulture, $"- {cause.Code} ({parameters}): {cause.What}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"> {answer.Remedy.Sentence}\n")
            .Append(answer.Remedy.Actions.Count == 0 ? "" : $"= {string.Join(", ", answer.Remedy.Actions)}\n").ToString();
    }
}
