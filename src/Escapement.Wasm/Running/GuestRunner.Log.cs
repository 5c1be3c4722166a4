using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Running;

internal sealed partial class GuestRunner
{
    [LoggerMessage(LogEvents.SandboxFailed, LogLevel.Error, "The sandbox failed while it ran install {Install}")]
    private partial void SandboxFailed(Exception exception, InstallId install);

    [LoggerMessage(
        LogEvents.SandboxHandedOverUnbounded,
        LogLevel.Warning,
        "This build of the WebAssembly engine does not let the host say how much a guest may hand over in one call; its own bound of 128 MiB holds")]
    private partial void HandedOverUnbounded();
}
