namespace Escapement.Extensions;

/// <summary>Stops unpacking as soon as more has come out than a bundle may hold, before it is kept anywhere.</summary>
internal sealed class BundleUnpackStream(Stream inner, long compressed, BundleLimits limits) : Stream
{
    private readonly TarHeaderGuard guard = new();
    private long unpacked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => unpacked;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        unpacked += count;
        if (unpacked > limits.MaxUnpacked)
        {
            throw new BundleRefusedException("unpacked-too-large", $"The bundle unpacks to more than {limits.MaxUnpacked:N0} bytes");
        }

        if (unpacked > limits.RatioFrom && unpacked / compressed > limits.MaxRatio)
        {
            throw new BundleRefusedException(
                "compression-ratio", $"The bundle unpacks to more than {limits.MaxRatio} times its size, as decompression bombs do");
        }

        guard.Observe(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Carries a refusal out through the tar reader; never leaves <see cref="BundleReader"/>.</summary>
internal sealed class BundleRefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
