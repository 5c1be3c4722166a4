using System.Text.RegularExpressions;

namespace Escapement.Why;

/// <summary>What to do next.</summary>
/// <param name="Sentence">To be read.</param>
/// <param name="Actions">The same by stable words, in the order in which to do them; none where there is nothing that a caller could ask the host for.</param>
internal sealed partial record WhyRemedy(string Sentence, IReadOnlyList<string> Actions)
{
    // How the sentences spell what is asked for.
    private static readonly Dictionary<string, string> Routes = new(StringComparer.Ordinal)
    {
        ["run-now"] = "POST .../run-now",
        ["rerun"] = "POST .../runs/{runId}/rerun",
        ["backfill"] = "POST .../backfill/preview",
        ["see-run"] = "GET .../runs/{runId}",
        ["see-failed-runs"] = "GET .../runs?state=failed",
        ["see-nodes"] = "GET /api/v1/nodes",
        ["enable-schedule"] = "PATCH with enabled true",
        ["enable-install"] = "POST .../enable",
        ["restore-schedule"] = "POST .../deleted-schedules/{scheduleId}/restore",
        ["restore-install"] = "POST .../uninstalled/{installId}/restore",
        ["take-skip-back"] = "DELETE .../skips/{at}",
        ["let-one-wait"] = "PATCH with policy.overlap queue-one",
        ["resume-backfill"] = "POST .../backfill/resume",
        ["resume-schedule"] = "POST .../resume",
        ["resume-install"] = "POST .../resume",
        ["resume-tenant"] = "POST .../resume",
        ["resume-host"] = "POST /api/v1/resume",
    };

    /// <summary>Makes one of a sentence that names actions in square brackets.</summary>
    /// <exception cref="KeyNotFoundException">It names one that is not known.</exception>
    public static WhyRemedy Of(string marked) => new(
        Action().Replace(marked, m => $"({Routes[m.Groups["word"].Value]})"),
        [.. Action().Matches(marked).Select(m => m.Groups["word"].Value).Distinct()]);

    [GeneratedRegex(@"\[(?<word>[a-z-]+)\]")]
    private static partial Regex Action();
}
