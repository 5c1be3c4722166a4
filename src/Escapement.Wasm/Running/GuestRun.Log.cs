using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Running;

internal sealed partial class GuestRun
{
    [LoggerMessage(LogEvents.GuestHostCallFailed, LogLevel.Error, "A host call of install {Install} failed")]
    private partial void HostCallFailed(Exception exception, InstallId install);
}
