using System.Buffers.Binary;

namespace Escapement.Wasm.Protocol;

/// <summary>
/// Frames over a pair of pipes: length, kind, call, payload. Reading blocks, and one thread does it; any thread may write. The length
/// of what comes is bounded before anything is allocated for it.
/// </summary>
internal sealed class FramePipe(Stream input, Stream output, int maxPayload)
{
    /// <summary>Length of the payload (4 bytes), kind (1), call (8); little-endian.</summary>
    public const int HeaderLength = 13;

    private const int InitialLength = 64 << 10;

    private readonly Lock writing = new();
    private int maxPayload = maxPayload;
    private byte[] buffer = new byte[InitialLength];
    private int start;
    private int end;
    private long writingSince;

    /// <summary>Since when a frame is being written that the other side does not take; null when none is.</summary>
    public long? WritingSince => Volatile.Read(ref writingSince) is var since && since == 0 ? null : since;

    /// <summary>The next frame, whose payload is good until the next is read. False at the end.</summary>
    /// <exception cref="ProtocolException">It is longer than any may be, or the end came within it.</exception>
    public bool TryRead(out FrameKind kind, out ulong call, out ReadOnlySpan<byte> payload)
    {
        kind = default;
        call = 0;
        payload = default;
        if (!Fill(HeaderLength))
        {
            return end > start ? throw new ProtocolException("The pipe ended within a frame.") : false;
        }

        var header = buffer.AsSpan(start, HeaderLength);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        kind = (FrameKind)header[4];
        call = BinaryPrimitives.ReadUInt64LittleEndian(header[5..]);
        if (length > maxPayload)
        {
            throw new ProtocolException($"A frame of {length} bytes is longer than any may be.");
        }

        if (!Fill(HeaderLength + (int)length))
        {
            throw new ProtocolException("The pipe ended within a frame.");
        }

        payload = buffer.AsSpan(start + HeaderLength, (int)length);
        start += HeaderLength + (int)length;
        return true;
    }

    /// <summary>The payload that was read last, which is the caller's from now on: what is read next lies elsewhere.</summary>
    /// <param name="length">How long it is.</param>
    /// <param name="maxNext">How long any payload may be from now on.</param>
    public ReadOnlyMemory<byte> TakePayload(int length, int maxNext)
    {
        maxPayload = maxNext;
        var taken = buffer.AsMemory(start - length, length);
        var rest = buffer.AsSpan(start, end - start);
        buffer = new byte[Math.Max(InitialLength, rest.Length)];
        rest.CopyTo(buffer);
        (start, end) = (0, rest.Length);
        return taken;
    }

    /// <summary>Writes a frame; waits while the other side takes none.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public void Write(FrameKind kind, ulong call, WireWriter payload) => Write(payload.ToFrame(kind, call), []);

    /// <summary>Writes a frame of bytes alone, without a copy of them, for no call.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public void WriteBytes(FrameKind kind, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[HeaderLength + sizeof(int)];
        head.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(head, checked(bytes.Length + sizeof(int)));
        head[4] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[HeaderLength..], bytes.Length);
        Write(head, bytes);
    }

    private void Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest)
    {
        lock (writing)
        {
            Volatile.Write(ref writingSince, System.Diagnostics.Stopwatch.GetTimestamp());
            try
            {
                output.Write(head);
                if (!rest.IsEmpty)
                {
                    output.Write(rest);
                }

                output.Flush();
            }
            catch (ObjectDisposedException e)
            {
                throw new IOException("The pipe is closed.", e);
            }
            finally
            {
                Volatile.Write(ref writingSince, 0);
            }
        }
    }

    private bool Fill(int count)
    {
        if (end - start < count && start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (buffer.Length < count)
        {
            Array.Resize(ref buffer, count);
        }

        while (end - start < count)
        {
            var read = input.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                return false;
            }

            end += read;
        }

        return true;
    }
}
