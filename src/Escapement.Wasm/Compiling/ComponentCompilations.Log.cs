using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Compiling;

internal sealed partial class ComponentCompilations
{
    [LoggerMessage(LogEvents.CompilationsDelayed, LogLevel.Warning, "Compilations wait for the store or a compiler: {Reason}")]
    private partial void CompilationsDelayed(string reason);

    [LoggerMessage(
        LogEvents.CompilationGivenUp,
        LogLevel.Information,
        "The compilation of {Version} was ended: nobody wants it any more, another node has it, it makes room, or the host stops")]
    private partial void CompilationGivenUp(string version);

    [LoggerMessage(
        LogEvents.CompilationTakesLong,
        LogLevel.Information,
        "The component of {Version}, published by {Publisher}, is small and takes long to compile: it counts as a large one, of which one is compiled at once")]
    private partial void CompilationTakesLong(string version, string publisher);

    [LoggerMessage(LogEvents.CompilationFailed, LogLevel.Error, "The host failed while it compiled {Version}; it is tried again, three times at most")]
    private partial void CompilationFailed(Exception exception, string version);

    [LoggerMessage(
        LogEvents.CompilationFailedHere,
        LogLevel.Warning,
        "This node has no code of {Version}, published by {Publisher}, which it failed to make or load for the {Number}. time in a row; its runs here wait, "
        + "and it is tried again at {At:u}, after what other runs wait for: {Reason}")]
    private partial void CompilationFailedHere(string version, string publisher, int number, DateTimeOffset at, string reason);
}
