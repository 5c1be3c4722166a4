using System.Buffers.Binary;
using Escapement.Wasm.Protocol;

namespace Escapement.Wasm.Tests.Protocol;

public sealed class FramePipeTests
{
    [Fact]
    public void TryRead_FramesInPieces_GivesEachWhole()
    {
        var written = new MemoryStream();
        var writes = new FramePipe(Stream.Null, written, 1_000_000);
        writes.Write(FrameKind.Invoke, 7, new WireWriter().Text("first"));
        writes.Write(FrameKind.Cancel, 7, new WireWriter());
        writes.Write(FrameKind.HostAnswer, 8, new WireWriter().Text(new string('x', 200_000)));
        var reads = new FramePipe(new OneByteAtATime(written.ToArray()), Stream.Null, 1_000_000);

        var read = new List<(FrameKind, ulong, string?)>();
        while (reads.TryRead(out var kind, out var call, out var payload))
        {
            read.Add((kind, call, payload.Length == 0 ? null : new WireReader(payload).Text()));
        }

        Assert.Equal<(FrameKind, ulong, string?)>(
            [(FrameKind.Invoke, 7UL, "first"), (FrameKind.Cancel, 7UL, null), (FrameKind.HostAnswer, 8UL, new string('x', 200_000))], read);
    }

    [Fact]
    public void TakePayload_FramesBehindIt_AreReadAndLeaveWhatWasTaken()
    {
        var written = new MemoryStream();
        var writes = new FramePipe(Stream.Null, written, 1_000_000);
        var code = new byte[200_000];
        new Random(1).NextBytes(code);
        writes.WriteBytes(FrameKind.Compiled, code);
        writes.Write(FrameKind.Refused, 0, new WireWriter().Text("after"));
        var reads = new FramePipe(new MemoryStream(written.ToArray()), Stream.Null, 1_000_000);

        Assert.True(reads.TryRead(out var kind, out _, out var payload));
        Assert.Equal(FrameKind.Compiled, kind);
        Assert.Equal(code, new WireReader(payload).Bytes());
        var taken = reads.TakePayload(payload.Length, 1_000_000);
        Assert.True(reads.TryRead(out kind, out _, out payload));
        Assert.Equal((FrameKind.Refused, "after"), (kind, new WireReader(payload).Text()));
        Assert.Equal(code, taken[sizeof(int)..].ToArray());
        Assert.False(reads.TryRead(out _, out _, out _));
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void TryRead_LengthAroundTheLimit_IsRefusedBeyondIt(int length, bool isRead)
    {
        var bytes = new byte[FramePipe.HeaderLength + length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        var pipe = new FramePipe(new MemoryStream(bytes), Stream.Null, 1_000);
        if (isRead)
        {
            Assert.True(pipe.TryRead(out _, out _, out var payload));
            Assert.Equal(length, payload.Length);
        }
        else
        {
            Assert.Throws<ProtocolException>(() => pipe.TryRead(out _, out _, out _));
        }
    }

    [Fact]
    public void TryRead_LengthOfFourGigabytes_AllocatesNothing()
    {
        var bytes = new byte[FramePipe.HeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, uint.MaxValue);
        var pipe = new FramePipe(new MemoryStream(bytes), Stream.Null, 1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ProtocolException>(() => pipe.TryRead(out _, out _, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    // A compiler's code lies in the host's memory already, and what comes behind it may be the word of the code itself.
    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void TakePayload_FrameBehindItAroundItsOwnLimit_IsRefusedBeyondIt(int length, bool isRead)
    {
        var written = new MemoryStream();
        var writes = new FramePipe(Stream.Null, written, 1_000_000);
        writes.WriteBytes(FrameKind.Compiled, new byte[200_000]);
        writes.WriteBytes(FrameKind.Refused, new byte[length - sizeof(int)]);
        var pipe = new FramePipe(new MemoryStream(written.ToArray()), Stream.Null, 1_000_000);
        Assert.True(pipe.TryRead(out _, out _, out var code));
        pipe.TakePayload(code.Length, 100);
        if (isRead)
        {
            Assert.True(pipe.TryRead(out _, out _, out var payload));
            Assert.Equal(length, payload.Length);
        }
        else
        {
            Assert.Throws<ProtocolException>(() => pipe.TryRead(out _, out _, out _));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void TryRead_EndWithinAFrame_IsRefused(int bytes)
    {
        var written = new MemoryStream();
        new FramePipe(Stream.Null, written, 1_000).Write(FrameKind.Invoke, 1, new WireWriter().Text("some text"));
        var pipe = new FramePipe(new MemoryStream(written.ToArray()[..bytes]), Stream.Null, 1_000);
        Assert.Throws<ProtocolException>(() => pipe.TryRead(out _, out _, out _));
    }

    private sealed class OneByteAtATime(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, 1);
    }
}
