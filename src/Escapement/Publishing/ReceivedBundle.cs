using System.Security.Cryptography;

namespace Escapement.Publishing;

/// <summary>
/// A bundle on its way in: in a file and not in memory, because it may be large and is a stranger's. The file has no name as soon as it is
/// there, where the system can do that, so that nothing is left of it however the process ends.
/// </summary>
internal sealed class ReceivedBundle : IAsyncDisposable
{
    private readonly FileStream file;

    private ReceivedBundle(FileStream file) => this.file = file;

    /// <summary>SHA-256, lower-case hex.</summary>
    public string Sha256 { get; private set; } = "";

    public long Length { get; private set; }

    /// <summary>Takes a bundle in, up to one byte more than it may have.</summary>
    /// <param name="body">Where it comes from.</param>
    /// <param name="folder">Where the file is made.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The folder or its disk does not take it.</exception>
    public static async ValueTask<ReceivedBundle> ReceiveAsync(Stream body, string folder, long most, CancellationToken cancellationToken)
    {
        var received = new ReceivedBundle(Create(folder));
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[64 * 1024];
            for (int count; received.Length <= most && (count = await body.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                hash.AppendData(buffer, 0, count);
                await received.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                received.Length += count;
            }

            received.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            return received;
        }
        catch
        {
            await received.DisposeAsync();
            throw;
        }
    }

    /// <summary>From its first byte.</summary>
    public Stream Open()
    {
        file.Position = 0;
        return file;
    }

    /// <summary>All of it, for the store.</summary>
    public async ValueTask<byte[]> ReadAllAsync(CancellationToken cancellationToken)
    {
        var bytes = new byte[Length];
        await Open().ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    // What fails here is the disk, and not the connection that the bundle comes by.
    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken);
            await file.FlushAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw Unwritable(Path.GetDirectoryName(file.Name)!, e);
        }
    }

    private static StoreUnavailableException Unwritable(string folder, Exception e) =>
        new($"The bundle cannot be kept in {folder} while it is looked at: {e.Message} Make room there and publish again; nothing was stored", e);

    private static FileStream Create(string folder)
    {
        try
        {
            return CreateIn(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, e);
        }
    }

    private static FileStream CreateIn(string folder)
    {
        PrivateFiles.MakeFolder(folder);
        var path = Path.Combine(folder, $"bundle-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp");
        var file = PrivateFiles.Open(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return file;
    }
}
