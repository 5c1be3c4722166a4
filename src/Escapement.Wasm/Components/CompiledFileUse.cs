namespace Escapement.Wasm.Components;

/// <summary>
/// A compiled file in use. The open file is a lock that every process sharing the directory respects, and the system releases
/// it even for a process that was killed.
/// </summary>
internal sealed class CompiledFileUse : IDisposable
{
    private readonly FileStream code;
    private readonly string seal;
    private readonly TimeProvider time;

    private CompiledFileUse(FileStream code, string seal, TimeProvider time)
    {
        this.code = code;
        this.seal = seal;
        this.time = time;
    }

    public FileStream Code => code;

    /// <summary>Opens the file and marks it as used now.</summary>
    /// <exception cref="IOException">It cannot be read, or is just being removed.</exception>
    public static CompiledFileUse Open(string codePath, string sealPath, TimeProvider time)
    {
        var code = new FileStream(codePath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 20);
        var use = new CompiledFileUse(code, sealPath, time);
        use.Mark();
        return use;
    }

    /// <summary>Marks it once more: a process may have run for longer than files are kept.</summary>
    public void Dispose()
    {
        Mark();
        code.Dispose();
    }

    private void Mark()
    {
        try
        {
            File.SetLastWriteTimeUtc(seal, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A directory that can only be read is never cleaned by this process either.
        }
    }
}
