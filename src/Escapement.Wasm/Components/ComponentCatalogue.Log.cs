using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Components;

internal sealed partial class ComponentCatalogue
{
    [LoggerMessage(LogEvents.ComponentUnusable, LogLevel.Warning, "The component of version {Version} cannot be used: {Reason}")]
    private partial void ComponentUnusable(VersionId version, string reason);
}
