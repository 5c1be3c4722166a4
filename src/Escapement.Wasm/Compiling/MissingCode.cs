using System.Globalization;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Wasm.Components;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Compiling;

/// <inheritdoc/>
internal sealed partial class MissingCode(ComponentCompilations compilations, ILogger logger) : IMissingCode
{
    public async ValueTask<(string? Failure, string? Waits)> AskForAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        var compilation = await compilations.GetAsync(version, cancellationToken);
        if (compilation.TriedAgainAt is { } again)
        {
            // Compilers were lost over it, which says nothing of the component: its runs wait until it is tried again.
            return (null, $"{Name(version)} is not compiled, and is tried again at {Instant(again)}: {compilation.Reason}");
        }

        if (compilation.State == CompilationState.Refused)
        {
            ComponentRefused(version.Id, compilation.Reason!);
            return ($"The component was refused: {compilation.Reason}", null);
        }

        compilations.Want(version, CompileFor.Runs);
        return (null, Waits(version));
    }

    public bool IsOfNoUse(ExtensionVersion version) => compilations.IsOfNoUse(version.ComponentSha256);

    public bool TakesStoresCode(ExtensionVersion version) => compilations.TakesStoresCode(version.ComponentSha256);

    public async ValueTask<string> NotLoadedAsync(ExtensionVersion version, string reason, CancellationToken cancellationToken)
    {
        await compilations.NotLoadedAsync(version, reason, cancellationToken);
        return Waits(version);
    }

    private string Waits(ExtensionVersion version)
    {
        var isQueued = compilations.Waits(version.ComponentSha256);
        if (compilations.FailedHere(version.ComponentSha256) is not { } failed)
        {
            return $"{Name(version)} {(isQueued ? "waits for its turn to be compiled" : "is being compiled")}";
        }

        var next = isQueued ? "when its turn comes, which is after that of what other runs wait for" : $"after {Instant(failed.TriedAgainAt)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Name(version)} has no code on this node, which failed to make or load it, {failed.Times} times in a row, "
            + $"and tries again {next}: {failed.Reason}");
    }

    private static string Name(ExtensionVersion version) => $"The component of {version.Manifest.Name} {version.Manifest.Version}";

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(LogEvents.ComponentUnusable, LogLevel.Warning, "The component of version {Version} cannot be used: it was refused: {Reason}")]
    private partial void ComponentRefused(VersionId version, string reason);
}
