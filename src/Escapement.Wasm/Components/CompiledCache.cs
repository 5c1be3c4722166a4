using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Components;

/// <summary>
/// Compiled components on disk, by content hash and engine key. A compiled file is native code: it is loaded only when the seal
/// beside it names exactly this component, this engine and these bytes. Everything else is compiled anew and replaced.
/// </summary>
internal sealed partial class CompiledCache(
    string? directory, string engineKey, TimeSpan keepUnused, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>The ending of native code.</summary>
    public const string CodeExtension = ".cwasm";

    /// <summary>The ending of seals; when one was last written tells when its code was last used.</summary>
    public const string SealExtension = ".seal";

    private const string SealVersion = "escapement-compiled-1";
    private static readonly TimeSpan SweepEvery = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private DateTimeOffset sweepDue = DateTimeOffset.MinValue;
    private Task sweep = Task.CompletedTask;

    /// <summary>The component if a sound file of it is there, with the file to be held as long as the component is loaded.</summary>
    public (Component Component, CompiledFileUse File)? TryLoad(Engine engine, string sha256)
    {
        if (TryOpen(sha256) is not { } use)
        {
            return null;
        }

        try
        {
            return (use.Load(engine), use);
        }
        catch (WasmtimeException e)
        {
            CompiledFileRefused(CodePath(sha256), e.Message);
            use.Dispose();
            return null;
        }
    }

    /// <summary>A sound file of the component, if it is there.</summary>
    public CompiledFileUse? TryOpen(string sha256)
    {
        if (directory is null)
        {
            return null;
        }

        var path = CodePath(sha256);
        CompiledFileUse? use = null;
        try
        {
            if (!File.Exists(path) || !File.Exists(SealPath(sha256)))
            {
                return null;
            }

            use = CompiledFileUse.Open(path, SealPath(sha256), time);
            if (File.ReadAllText(SealPath(sha256)) == Seal(sha256, use.Length, use.Sha256))
            {
                return use;
            }

            CompiledFileRefused(path, "its seal does not fit");
            use.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CompiledFileRefused(path, e.Message);
            use?.Dispose();
            return null;
        }
    }

    /// <summary>Keeps a compiled component. A directory that cannot be written costs the next start a compilation, nothing else.</summary>
    /// <returns>Whether it could be kept.</returns>
    public bool Save(byte[] code, string sha256)
    {
        if (directory is null)
        {
            return false;
        }

        try
        {
            CreateDirectory(directory);
            var seal = Seal(sha256, code.Length, Convert.ToHexStringLower(SHA256.HashData(code)));

            // The seal goes last: between the two renames the old seal, or none, does not fit the new file.
            Replace(CodePath(sha256), code);
            Replace(SealPath(sha256), System.Text.Encoding.UTF8.GetBytes(seal));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CompiledFileNotKept(directory, e.Message);
            return false;
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

    private static void Replace(string path, byte[] content)
    {
        // Several processes may share the directory: each writes a file of its own name first.
        var temporary = $"{path}.{Environment.ProcessId}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }

                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private string Seal(string sha256, long length, string codeSha256) =>
        string.Create(CultureInfo.InvariantCulture, $"{SealVersion}\ncomponent {sha256}\nengine {engineKey}\nlength {length}\nsha256 {codeSha256}\n");

    private string CodePath(string sha256) => Path.Combine(directory!, $"{sha256}-{engineKey}{CodeExtension}");

    private string SealPath(string sha256) => Path.Combine(directory!, $"{sha256}-{engineKey}{SealExtension}");
}
