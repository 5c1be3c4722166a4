using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Components;

internal static partial class CompiledCacheSweep
{
    [LoggerMessage(
        LogEvents.CompiledFilesRemoved,
        LogLevel.Information,
        "Removed {Count} compiled files from {Directory} that were not used for {Retention}")]
    private static partial void CompiledFilesRemoved(ILogger logger, int count, string directory, TimeSpan retention);

    [LoggerMessage(
        LogEvents.CompiledFilesMadeRoom,
        LogLevel.Information,
        "Compiled files in {Directory} had more than {Most} bytes: {Count} that were never used, or longest ago, were removed, and {Left} bytes are left")]
    private static partial void CompiledFilesMadeRoom(ILogger logger, int count, string directory, long left, long most);

    [LoggerMessage(LogEvents.CompiledFilesNotRemoved, LogLevel.Warning, "Old compiled files in {Directory} could not be looked for: {Reason}")]
    private static partial void CompiledFilesNotRemoved(ILogger logger, string directory, string reason);
}
