using Escapement.Wasm.Protocol;

namespace Escapement.Wasm.Tests.Protocol;

public sealed class WireReaderTests
{
    [Fact]
    public void Read_EveryKindOfValue_ComesBack()
    {
        var id = Ids.Next(TimeProvider.System);
        var reader = new WireReader(Payload(new WireWriter()
            .Byte(200).Bool(true).Int(-7).Long(long.MinValue).Id(id).Text("grüße").OptionalText(null).OptionalText("").OptionalBool(null).OptionalBool(false)
            .Bytes([1, 2]).OptionalBytes(null).Texts(["a", "b"]).Pairs([new("k", "v")])));
        Assert.Equal((200, true, -7, long.MinValue), (reader.Byte(), reader.Bool(), reader.Int(), reader.Long()));
        Assert.Equal((id, "grüße", null, ""), (reader.Id(), reader.Text(), reader.OptionalText(), reader.OptionalText()));
        Assert.Equal((null, false), (reader.OptionalBool(), reader.OptionalBool()));
        Assert.Equal<byte>([1, 2], reader.Bytes());
        Assert.Null(reader.OptionalBytes());
        Assert.Equal(["a", "b"], reader.Texts());
        Assert.Equal([new("k", "v")], reader.Pairs());
        reader.End();
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(3)]
    public void Read_LengthThatIsNotThere_IsRefused(int length)
    {
        var payload = Payload(new WireWriter().Int(length).Byte(1).Byte(1));
        Assert.Throws<ProtocolException>(() => new WireReader(payload).Text());
        Assert.Throws<ProtocolException>(() => new WireReader(payload).Bytes());
        Assert.Throws<ProtocolException>(() => new WireReader(payload).Texts());
        Assert.Throws<ProtocolException>(() => new WireReader(payload).Pairs());
    }

    [Fact]
    public void Read_NotUtf8_IsRefused()
    {
        var payload = Payload(new WireWriter().Bytes([0xff, 0xfe]));
        Assert.Throws<ProtocolException>(() => new WireReader(payload).Text());
    }

    [Fact]
    public void Read_NeitherYesNorNo_IsRefused() => Assert.Throws<ProtocolException>(() => new WireReader([3]).Bool());

    [Fact]
    public void End_SomethingIsLeft_IsRefused() => Assert.Throws<ProtocolException>(() => new WireReader([3]).End());

    private static byte[] Payload(WireWriter writer) => writer.ToFrame(FrameKind.Ended, 0)[FramePipe.HeaderLength..].ToArray();

    [Theory]
    [InlineData("abc", true)]
    [InlineData("\u20ac\u20ac\u20ac", true)]
    [InlineData("abcd", false)]
    [InlineData("\u20ac\u20ac\u20ac\u20ac", false)]
    public void Text_AroundTheMostCharacters_IsRefusedBeyondThem(string text, bool isRead)
    {
        var frame = new WireWriter().Text(text).ToFrame(FrameKind.Refused, 0)[FramePipe.HeaderLength..].ToArray();
        if (isRead)
        {
            Assert.Equal(text, new WireReader(frame).Text(3));
        }
        else
        {
            Assert.Throws<ProtocolException>(() => new WireReader(frame).Text(3));
        }
    }

    [Fact]
    public void Text_OfMegabytesWhereFewCharactersMayBe_IsRefusedBeforeItIsMade()
    {
        var frame = new WireWriter().Text(new string('x', 10_000_000)).ToFrame(FrameKind.Refused, 0)[FramePipe.HeaderLength..].ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ProtocolException>(() => new WireReader(frame).Text(4_000));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }
}
