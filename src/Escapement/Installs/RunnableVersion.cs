using Escapement.Compiling;
using Escapement.Extensions;

namespace Escapement.Installs;

/// <summary>Whether a version can be installed: its component must be compiled.</summary>
internal static class RunnableVersion
{
    /// <summary>Why it cannot be, or null. Asking for it is a reason to compile it, though it was given up when nobody wanted it.</summary>
    public static async ValueTask<Problem?> ProblemAsync(ICompilations compilations, ExtensionVersion version, CancellationToken cancellationToken)
    {
        var name = $"{version.Manifest.Name} {version.Manifest.Version}";
        var compilation = await compilations.GetAsync(version, cancellationToken);
        if (compilation.State == CompilationState.Refused)
        {
            return new Problem(
                "version",
                "component-refused",
                compilation.TriedAgainAt is null
                    ? $"{name} cannot run on this host, and publishing a corrected version is the remedy: {compilation.Reason}"
                    : $"{name} could not be compiled, which may be no fault of its own: {compilation.Reason} "
                    + "The host's operator finds each loss in the log (6022); withdrawing the version and publishing it again has it tried at once");
        }

        if (compilation.State == CompilationState.Compiled)
        {
            return null;
        }

        compilations.Want(version, CompileFor.Publisher);
        return new Problem(
            "version",
            "compiling",
            $"The component of {name} {(compilation.State == CompilationState.Pending ? "waits for its turn to be compiled" : "is being compiled")}. "
            + "Try again when the version's compilation says compiled");
    }
}
