using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Compiling;

internal sealed partial class CompileWork
{
    [LoggerMessage(
        LogEvents.ComponentCompiling,
        LogLevel.Information,
        "Compiling the component of {Version} ({Bytes} bytes), published by {Publisher}, which takes {HowLong}; installs of it wait until then")]
    private partial void Compiling(string version, int bytes, string publisher, string howLong);

    [LoggerMessage(LogEvents.ComponentCompiled, LogLevel.Information, "Compiled the component of {Version}, published by {Publisher}, in {Elapsed}")]
    private partial void Compiled(string version, string publisher, TimeSpan elapsed);

    [LoggerMessage(
        LogEvents.CompilerLost,
        LogLevel.Warning,
        "A compiler was lost while it compiled the component of {Version}, published by {Publisher}, the {Number}. of at most {Most}: {How}")]
    private partial void CompilerLost(string version, string publisher, int number, int most, string how);

    [LoggerMessage(
        LogEvents.CompilationRefused, LogLevel.Warning, "The component of {Version}, published by {Publisher}, was refused after {Elapsed}: {Reason}")]
    private partial void CompilationRefused(string version, string publisher, TimeSpan elapsed, string reason);
}
