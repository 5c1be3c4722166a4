using Escapement.AspNetCore.Problems;

namespace Escapement.AspNetCore.Api.Installs;

/// <summary>A refused change of an install.</summary>
internal static class InstallRefusal
{
    public static ProblemResult Of(IReadOnlyList<Problem> problems) => problems[0] switch
    {
        { Code: "not-found", Path: "installId" } gone => Refusal.NotFound(gone.Message),
        { Code: "already-installed" } => Refusal.Conflict("Already installed", problems),
        { Code: "compiling" } => Refusal.Conflict("The version is not compiled yet", problems),
        { Code: "component-refused" } => Refusal.Conflict("The component was refused", problems),
        { Code: "same-version" } => Refusal.Conflict("Installed already", problems),
        { Code: "no-previous-version" } => Refusal.Conflict("Nothing to go back to", problems),
        { Code: "quota-exceeded" } => Refusal.Conflict("Quota exceeded", problems),
        { Code: "version-withdrawn" } => Refusal.Conflict("The version was withdrawn", problems),
        { Code: "upgraded-meanwhile" } => Refusal.Conflict("Upgraded meanwhile", problems),
        { Code: "preview-outdated" } => Refusal.Conflict("Changed since the preview", problems),
        { Code: "endpoint-gone" } => Refusal.Conflict("Schedules would lose their endpoint", problems),
        { Code: "consent-needed" } => Refusal.Conflict("New capabilities need consent", problems),
        _ => Refusal.Invalid(problems),
    };
}
