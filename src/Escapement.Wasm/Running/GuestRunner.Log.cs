using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Running;

internal sealed partial class GuestRunner
{
    [LoggerMessage(LogEvents.SandboxFailed, LogLevel.Error, "The sandbox failed while it ran install {Install}")]
    private partial void SandboxFailed(Exception exception, InstallId install);
}
