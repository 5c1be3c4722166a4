using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Components;

/// <summary>
/// A compiled file in use. The open file is a lock that every process sharing the directory respects, and the system releases
/// it even for a process that was killed.
/// </summary>
internal sealed class CompiledFileUse : IDisposable
{
    // No code is from then; a file system that keeps two seconds, or the clock of its place, keeps it well enough.
    private static readonly DateTimeOffset Never = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FileStream code;
    private readonly string? seal;
    private readonly TimeProvider time;

    private CompiledFileUse(FileStream code, string? seal, TimeProvider time)
    {
        this.code = code;
        this.seal = seal;
        this.time = time;
        Digest = CodeDigest.Of(code.SafeFileHandle);
    }

    public string Path => code.Name;

    public long Length => code.Length;

    /// <summary>The digest of what was in the file when it was opened.</summary>
    public string Digest { get; }

    /// <summary>Opens the file and marks it as used now.</summary>
    /// <exception cref="IOException">It cannot be read, or is just being removed.</exception>
    public static CompiledFileUse Open(string codePath, string sealPath, TimeProvider time)
    {
        var use = new CompiledFileUse(OpenCode(codePath), sealPath, time);
        use.Mark();
        return use;
    }

    /// <summary>Opens the file to read it alone: whoever had it opened marks it as used.</summary>
    /// <exception cref="IOException">It cannot be read, or is just being removed.</exception>
    public static CompiledFileUse OpenReadOnly(string codePath) => new(OpenCode(codePath), seal: null, TimeProvider.System);

    /// <summary>Whether nobody has used a file for a run, nor waited for it to run it: the time of its code says so, in whatever process.</summary>
    public static bool IsUnused(string codePath) => File.GetLastWriteTimeUtc(codePath) < Never.AddDays(2).UtcDateTime;

    /// <summary>Marks a file as one that nobody has used; its seal says since when it is there.</summary>
    public static void MarkUnused(string codePath) => SetTime(codePath, Never);

    /// <summary>The component in it.</summary>
    /// <exception cref="WasmtimeException">The engine does not take it.</exception>
    public Component Load(Engine engine)
    {
        // By descriptor where that exists: what is mapped is then the very file that was checked, even if the name was
        // given to another in between.
        var path = OperatingSystem.IsLinux() ? $"/proc/self/fd/{code.SafeFileHandle.DangerousGetHandle()}" : code.Name;
        return Component.DeserializeFile(engine, path);
    }

    /// <summary>Marks it once more: a process may have run for longer than files are kept.</summary>
    public void Dispose()
    {
        Mark();
        code.Dispose();
    }

    private static FileStream OpenCode(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);

    private void Mark()
    {
        if (seal is null)
        {
            return;
        }

        var now = time.GetUtcNow();
        SetTime(seal, now);
        if (IsUnused(code.Name))
        {
            SetTime(code.Name, now);
        }
    }

    private static void SetTime(string path, DateTimeOffset at)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, at.UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A directory that can only be read is never cleaned by this process either.
        }
    }
}
