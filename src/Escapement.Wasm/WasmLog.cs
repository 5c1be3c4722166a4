using Microsoft.Extensions.Logging;

namespace Escapement.Wasm;

/// <summary>What the sandbox tells the operator. Event ids 6001 to 6099.</summary>
internal static partial class WasmLog
{
    [LoggerMessage(LogEvents.ComponentCompiling, LogLevel.Information, "Compiling the component of version {Version} ({Bytes} bytes); the first time this takes some seconds")]
    public static partial void Compiling(ILogger logger, VersionId version, int bytes);

    [LoggerMessage(LogEvents.ComponentCompiled, LogLevel.Information, "Compiled the component of version {Version} in {Elapsed}")]
    public static partial void Compiled(ILogger logger, VersionId version, TimeSpan elapsed);

    [LoggerMessage(LogEvents.ComponentUnusable, LogLevel.Warning, "The component of version {Version} cannot be used: {Reason}")]
    public static partial void ComponentUnusable(ILogger logger, VersionId version, string reason);

    [LoggerMessage(LogEvents.CompiledFileRefused, LogLevel.Warning, "The compiled file {Path} is not used and will be made anew: {Reason}")]
    public static partial void CompiledFileRefused(ILogger logger, string path, string reason);

    [LoggerMessage(LogEvents.CompiledFileNotKept, LogLevel.Warning, "A compiled component could not be kept in {Directory}; it will be compiled again at the next start: {Reason}")]
    public static partial void CompiledFileNotKept(ILogger logger, string directory, string reason);

    [LoggerMessage(LogEvents.CompiledFilesRemoved, LogLevel.Information, "Removed {Count} compiled files from {Directory} that were not used for {Retention}")]
    public static partial void CompiledFilesRemoved(ILogger logger, int count, string directory, TimeSpan retention);

    [LoggerMessage(LogEvents.CompiledFilesNotRemoved, LogLevel.Warning, "Old compiled files in {Directory} could not be looked for: {Reason}")]
    public static partial void CompiledFilesNotRemoved(ILogger logger, string directory, string reason);

    [LoggerMessage(LogEvents.GuestHostCallFailed, LogLevel.Error, "A host call of install {Install} failed")]
    public static partial void HostCallFailed(ILogger logger, Exception exception, InstallId install);

    [LoggerMessage(LogEvents.SandboxFailed, LogLevel.Error, "The sandbox failed while it ran install {Install}")]
    public static partial void SandboxFailed(ILogger logger, Exception exception, InstallId install);
}
