using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Components;

internal sealed partial class CompiledCache
{
    [LoggerMessage(LogEvents.CompiledFileRefused, LogLevel.Warning, "The compiled file {Path} is not used and will be made anew: {Reason}")]
    private partial void CompiledFileRefused(string path, string reason);

    [LoggerMessage(
        LogEvents.CompiledFileNotKept,
        LogLevel.Warning,
        "A compiled component could not be kept in {Directory}; it will be compiled again at the next start: {Reason}")]
    private partial void CompiledFileNotKept(string directory, string reason);
}
