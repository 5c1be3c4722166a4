using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Components;

/// <summary>
/// Compiled components on disk, by content hash and engine key. A compiled file is native code: it is loaded only when the seal
/// beside it is this installation's, for exactly this component, this engine and these bytes. Everything else is compiled anew and replaced.
/// </summary>
internal sealed partial class CompiledCache(
    string? directory,
    string engineKey,
    TimeSpan keepUnused,
    TimeProvider time,
    ILogger logger,
    long maxBytes = long.MaxValue,
    Action? lookAgain = null) : IDisposable
{
    /// <summary>The ending of native code.</summary>
    public const string CodeExtension = ".cwasm";

    /// <summary>
    /// The ending of seals; when one was last written tells when its code was last used, or came, and the code's own time whether it ever was used.
    /// </summary>
    public const string SealExtension = ".seal";

    private const int Looks = 3;

    // Between file and seal is one write of a few bytes to the disk.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromDays(1);

    // Before it is looked at again, since another may be putting file and seal in their places.
    private readonly Action again = lookAgain ?? (static () => Thread.Sleep(LookAgainAfter));

    private readonly Lock gate = new();
    private DateTimeOffset sweepDue = DateTimeOffset.MinValue;
    private Task sweep = Task.CompletedTask;

    /// <summary>The component if a sound file of it is there, with the file to be held as long as the component is loaded.</summary>
    /// <exception cref="WasmtimeException">It is, and the engine does not take it.</exception>
    public (Component Component, CompiledFileUse File)? TryLoad(Engine engine, string sha256, byte[] key)
    {
        if (TryOpen(sha256, key) is not { } use)
        {
            return null;
        }

        try
        {
            return (use.Load(engine), use);
        }
        catch (WasmtimeException e)
        {
            CompiledFileRefused(use.Path, e.Message);
            use.Dispose();
            throw;
        }
    }

    /// <summary>A sound file of the component, if it is there, marked as used.</summary>
    public CompiledFileUse? TryOpen(string sha256, byte[] key) => TryOpen(sha256, key, isUse: true);

    private CompiledFileUse? TryOpen(string sha256, byte[] key, bool isUse)
    {
        if (directory is null)
        {
            return null;
        }

        var (path, sealPath) = PathsOf(sha256, key);
        CompiledFileUse? use = null;
        try
        {
            for (var looks = Looks; IsThere(sha256, key); again())
            {
                use = isUse ? CompiledFileUse.Open(path, sealPath, time) : CompiledFileUse.OpenReadOnly(path);
                if (File.ReadAllText(sealPath) == CompiledSeal.Text(key, sha256, engineKey, use.Length, use.Digest))
                {
                    return use;
                }

                use.Dispose();
                if (--looks == 0)
                {
                    // Away with it, or every call until it is made anew would look at it again, and say so.
                    CompiledFileRefused(path, "its seal does not fit");
                    CompiledCacheSweep.Remove(path, sealPath);
                    return null;
                }
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CompiledFileRefused(path, e.Message);
            use?.Dispose();
            return null;
        }
    }

    /// <summary>Whether a file is there, sound or not.</summary>
    public bool IsThere(string sha256, byte[] key)
    {
        if (directory is null)
        {
            return false;
        }

        var (path, sealPath) = PathsOf(sha256, key);
        return File.Exists(path) && File.Exists(sealPath);
    }

    /// <summary>Whether a sound file is there. To ask is no use of it.</summary>
    public bool Has(string sha256, byte[] key)
    {
        using var file = TryOpen(sha256, key, isUse: false);
        return file is not null;
    }

    /// <summary>Whether a component's file is what its seal says; null when there is none. Changes nothing.</summary>
    /// <param name="sha256">The component.</param>
    /// <param name="key">The installation's key.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public bool? IsSound(string sha256, byte[] key)
    {
        var looks = Looks;
        while (true)
        {
            try
            {
                if (Look(sha256, key) is var sound && sound != false)
                {
                    return sound;
                }
            }
            catch (FileNotFoundException) when (looks > 1)
            {
                // It was there a moment ago.
            }

            if (--looks == 0)
            {
                return false;
            }

            again();
        }
    }

    private bool? Look(string sha256, byte[] key)
    {
        if (!IsThere(sha256, key))
        {
            return null;
        }

        var (path, sealPath) = PathsOf(sha256, key);
        using var use = CompiledFileUse.OpenReadOnly(path);
        return File.ReadAllText(sealPath) == CompiledSeal.Text(key, sha256, engineKey, use.Length, use.Digest);
    }

    /// <summary>Keeps compiled code. A directory that cannot be written costs the next start a compilation, nothing else.</summary>
    /// <param name="code">The code.</param>
    /// <param name="sha256">The component.</param>
    /// <param name="key">The installation's key.</param>
    /// <param name="isForRuns">Whether runs wait for it; what none does makes room first.</param>
    /// <returns>Whether it could be kept.</returns>
    public bool Save(ReadOnlyMemory<byte> code, string sha256, byte[] key, bool isForRuns) =>
        Save(into => into.Write(code.Span), sha256, key, isForRuns);

    /// <summary>Keeps compiled code that is written piece by piece.</summary>
    /// <param name="write">Writes it; where it fails, nothing is kept.</param>
    /// <param name="sha256">The component.</param>
    /// <param name="key">The installation's key.</param>
    /// <param name="isForRuns">Whether runs wait for it; what none does makes room first.</param>
    /// <returns>Whether it could be kept.</returns>
    public bool Save(Action<Stream> write, string sha256, byte[] key, bool isForRuns)
    {
        if (directory is null)
        {
            return false;
        }

        try
        {
            CreateDirectory(directory);
            var (path, sealPath) = PathsOf(sha256, key);
            var seal = "";

            // The seal goes last: between the two renames the old seal, or none, does not fit the new file.
            Replace(path, file =>
            {
                write(file);
                file.Flush();
                seal = CompiledSeal.Text(key, sha256, engineKey, file.Length, CodeDigest.Of(file.SafeFileHandle));
            });
            Replace(sealPath, file => file.Write(System.Text.Encoding.UTF8.GetBytes(seal)));
            if (!isForRuns)
            {
                CompiledFileUse.MarkUnused(path);
            }

            MakeRoom(directory, path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CompiledFileNotKept(directory, e.Message);
            return false;
        }
    }

    /// <summary>
    /// A file that goes when it is closed, to have on the disk what would be large in memory; in memory where there is no directory that can be written.
    /// </summary>
    public Stream OpenScratch(string sha256, byte[] key)
    {
        if (directory is not null)
        {
            try
            {
                CreateDirectory(directory);
                return PrivateFiles.Open(Unfinished(PathsOf(sha256, key).Code), FileMode.CreateNew, FileAccess.ReadWrite, options: FileOptions.DeleteOnClose);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                CompiledFileNotKept(directory, e.Message);
            }
        }

        return new MemoryStream();
    }

    /// <summary>Says that the directory took no more.</summary>
    public void NotKept(IOException why) => CompiledFileNotKept(directory!, why.Message);

    /// <summary>Removes a component's file. One that cannot be removed now goes when it was not used for long.</summary>
    public void Remove(string sha256, byte[] key)
    {
        if (directory is not null)
        {
            var (path, sealPath) = PathsOf(sha256, key);
            CompiledCacheSweep.Remove(path, sealPath);
        }
    }

    /// <summary>
    /// Removes files that were not used for long, in the background and once a day at most. Asked after each load, for only loads
    /// make the directory grow.
    /// </summary>
    /// <returns>Done with the sweep, or with the last one if none is due.</returns>
    public Task SweepIfDue()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (directory is not null && now >= sweepDue)
            {
                sweepDue = now + SweepEvery;
                sweep = Task.Run(() => CompiledCacheSweep.Run(directory, keepUnused, now, logger));
            }

            return sweep;
        }
    }

    // Only what is kept makes the directory grow. It is seconds of work that brought the file here, and a look at the directory takes milliseconds.
    private void MakeRoom(string folder, string except)
    {
        lock (gate)
        {
            CompiledCacheSweep.MakeRoom(folder, maxBytes, except, logger);
        }
    }

    /// <summary>Waits for a sweep that has begun.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            sweepDue = DateTimeOffset.MaxValue;
        }

        sweep.Wait();
    }

    /// <summary>Makes the directory, for this process's user alone.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(path, OwnerOnly);

        // It may have been there before, open to others.
        if (File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    // Several processes may share the directory: each writes a file of its own name first.
    private static string Unfinished(string path) =>
        $"{path}.{Environment.ProcessId}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp";

    private static void Replace(string path, Action<FileStream> write)
    {
        var temporary = Unfinished(path);
        try
        {
            using (var file = PrivateFiles.Open(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // By installation too: several that share the directory keep out of one another's way.
    private (string Code, string Seal) PathsOf(string sha256, byte[] key)
    {
        var ours = HMACSHA256.HashData(key, System.Text.Encoding.ASCII.GetBytes(engineKey));
        var name = Path.Combine(directory!, $"{sha256}-{Convert.ToHexStringLower(ours.AsSpan(0, 8))}");
        return (name + CodeExtension, name + SealExtension);
    }
}
