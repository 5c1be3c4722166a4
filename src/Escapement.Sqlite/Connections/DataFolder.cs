using System.Globalization;
using System.Text;

namespace Escapement.Sqlite.Connections;

/// <summary>
/// The folder that holds the store, locked for this process. The operating system holds the lock, so it goes with the
/// process, however that ends.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>The name of the database file.</summary>
    public const string FileName = "escapement.db";

    private readonly FileStream held;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The database file in it.</summary>
    public string File => System.IO.Path.Combine(Path, FileName);

    /// <summary>Makes the folder if there is none and locks it.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be made or written, or another process has it.</exception>
    public static DataFolder Open(string folder)
    {
        var path = System.IO.Path.GetFullPath(folder);
        try
        {
            // Payloads and the hashes of tokens lie in it.
            PrivateFiles.MakeFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The data folder {path} cannot be made: {e.Message} Choose a folder that this user may write, or make it first.", e);
        }

        var lockFile = System.IO.Path.Combine(path, "escapement.lock");
        try
        {
            var held = PrivateFiles.Open(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            held.SetLength(0);
            held.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            held.Flush();
            return new DataFolder(path, held);
        }
        catch (UnauthorizedAccessException e)
        {
            throw NotWritable(path, e);
        }
        catch (IOException e) when (IsHeldByAnother(e))
        {
            throw new StoreUnavailableException(
                $"The data folder {path} is in use by another Escapement process ({Holder(lockFile)}). " +
                "Stop that process, or give this one a data folder of its own; a store of one file serves one process.", e);
        }
        catch (IOException e)
        {
            throw NotWritable(path, e);
        }
    }

    public void Dispose() => held.Dispose();

    private static StoreUnavailableException NotWritable(string path, Exception e) => new(
        $"The data folder {path} cannot be written: {e.Message} " +
        "Give this user write permission, mount it writable, free some space, or choose another folder.", e);

    // EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.
    private static bool IsHeldByAnother(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string Holder(string lockFile)
    {
        try
        {
            // Only the handle is exclusive, and only among those that ask; a plain read tells the number.
            using var stream = new FileStream(lockFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            return "process " + reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"its number is in {lockFile}";
        }
    }
}
