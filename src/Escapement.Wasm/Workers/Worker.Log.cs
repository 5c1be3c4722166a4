using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Workers;

internal sealed partial class Worker
{
    [LoggerMessage(LogEvents.GuestHostCallFailed, LogLevel.Error, "A host call of install {Install} failed")]
    private partial void HostCallFailed(Exception exception, InstallId install);
}
