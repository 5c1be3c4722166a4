using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Workers;

internal sealed partial class CompiledFiles
{
    [LoggerMessage(
        LogEvents.ComponentCompiling,
        LogLevel.Information,
        "Compiling the component of version {Version} ({Bytes} bytes); the first time this takes some seconds")]
    private partial void Compiling(VersionId version, int bytes);

    [LoggerMessage(LogEvents.ComponentCompiled, LogLevel.Information, "Compiled the component of version {Version} in {Elapsed}")]
    private partial void Compiled(VersionId version, TimeSpan elapsed);

    [LoggerMessage(LogEvents.ComponentUnusable, LogLevel.Warning, "The component of version {Version} cannot be used: {Reason}")]
    private partial void ComponentUnusable(VersionId version, string reason);
}
