using Escapement.Wasm.Components;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Workers;

/// <summary>
/// Where compiled components lie for workers to load. Where none is set, or it cannot be made, it is a folder of this process's own, which goes with it.
/// </summary>
internal sealed partial class CompiledFolder : IDisposable
{
    private readonly bool isOwn;

    private CompiledFolder(string path, bool isOwn)
    {
        Path = path;
        this.isOwn = isOwn;
    }

    public string Path { get; }

    public static CompiledFolder Open(string? directory, ILogger logger)
    {
        try
        {
            if (directory is not null)
            {
                CompiledCache.CreateDirectory(directory);
                return new CompiledFolder(directory, isOwn: false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotKept(logger, directory!, e.Message);
        }

        return new CompiledFolder(Directory.CreateTempSubdirectory("escapement-components-").FullName, isOwn: true);
    }

    public void Dispose()
    {
        if (isOwn)
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    [LoggerMessage(
        LogEvents.CompiledFileNotKept,
        LogLevel.Warning,
        "Compiled components cannot be kept in {Directory}; they will be compiled again at the next start: {Reason}")]
    private static partial void NotKept(ILogger logger, string directory, string reason);
}
