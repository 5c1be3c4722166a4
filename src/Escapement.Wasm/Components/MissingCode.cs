using Escapement.Compiling;
using Escapement.Extensions;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Components;

/// <summary>What becomes of a version that is to run, and whose code is not here.</summary>
internal sealed partial class MissingCode(ICompilations compilations, ILogger logger)
{
    /// <summary>Why there will be no code; null when it is being made, which is not waited for.</summary>
    public async ValueTask<string?> AskForAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        var compilation = await compilations.GetAsync(version, cancellationToken);
        if (compilation.TriedAgainAt is not null)
        {
            // Compilers were lost over it, which says nothing of the component: its runs wait until it is tried again.
            return null;
        }

        if (compilation.State == CompilationState.Refused)
        {
            ComponentRefused(version.Id, compilation.Reason!);
            return $"The component was refused: {compilation.Reason}";
        }

        compilations.Want(version, CompileFor.Runs);
        return null;
    }

    [LoggerMessage(LogEvents.ComponentUnusable, LogLevel.Warning, "The component of version {Version} cannot be used: it was refused: {Reason}")]
    private partial void ComponentRefused(VersionId version, string reason);
}
