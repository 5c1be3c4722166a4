using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Wasm.Protocol;

namespace Escapement.Wasm.Tests.Protocol;

public sealed class EndedMessageTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly WasmSandboxOptions Options = new() { MaxResponseBytes = 1_024, MaxLogLines = 2, MaxLogBytes = 20, MaxLogLineChars = 15 };

    [Fact]
    public void Read_Response_ComesBackWithItsEvidenceByTheHostsClock()
    {
        var there = new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var evidence = new RunEvidence([new(there.AddMilliseconds(5), "stderr", "oh")], 3, new Dictionary<string, int> { ["scheduler.list"] = 2 });
        var response = new HandlerResponse(201, [new("a", "b")], new byte[] { 1 });
        var read = Cross(new Invoked(new InvocationResult.Responded(response), there, TimeSpan.FromSeconds(2), evidence) { ColdStart = true });

        var got = Assert.IsType<InvocationResult.Responded>(read.Result).Response;
        Assert.Equal((201, 1, "b"), (got.Status, got.Body!.Value.Span[0], Assert.Single(got.Headers).Value));
        Assert.Equal((Start, TimeSpan.FromSeconds(2), true), (read.StartedAt, read.Duration, read.ColdStart));
        Assert.Equal(new GuestLogLine(Start.AddMilliseconds(5), "stderr", "oh"), Assert.Single(read.Evidence.Log));
        Assert.Equal((3, 2), (read.Evidence.DroppedLogLines, read.Evidence.HostCalls["scheduler.list"]));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(600)]
    public void Read_StatusThatIsNone_IsRefused(int status) => Refused(new InvocationResult.Responded(new HandlerResponse(status, [], null)));

    [Fact]
    public void Read_MoreThanAResponseMayBe_IsRefused() =>
        Refused(new InvocationResult.Responded(new HandlerResponse(200, [new("a", new string('x', 24))], new byte[1_000])));

    [Theory]
    [InlineData(RunReason.None)]
    [InlineData(RunReason.NodeLost)]
    [InlineData(RunReason.WorkerLost)]
    public void Read_ReasonThatIsNoGuests_IsRefused(RunReason reason) => Refused(new InvocationResult.Failed(reason, ""));

    [Fact]
    public void Read_LongMessage_IsRefused() => Refused(new InvocationResult.Failed(RunReason.Trap, new string('x', 4_001)));

    [Theory]
    [InlineData("a", "b", "c")]
    [InlineData("a line of 16 chs")]
    [InlineData("eleven chs.", "eleven chs.")]
    public void Read_MoreLogThanIsKept_IsRefused(params string[] lines) => Refused(
        new InvocationResult.Cancelled(),
        new RunEvidence([.. lines.Select(l => new GuestLogLine(Start, "info", l))], 0, new Dictionary<string, int>()));

    [Fact]
    public void Read_MoreOperationsThanThereAre_IsRefused() =>
        Refused(new InvocationResult.Cancelled(), new RunEvidence([], 0, Enumerable.Range(0, 101).ToDictionary(i => $"o{i}", i => i)));

    private static void Refused(InvocationResult result, RunEvidence? evidence = null) =>
        Assert.Throws<ProtocolException>(() => Cross(new Invoked(result, Start, TimeSpan.Zero, evidence ?? RunEvidence.None)));

    private static Invoked Cross(Invoked invoked)
    {
        var reader = new WireReader(EndedMessage.Write(invoked).ToFrame(FrameKind.Ended, 0)[FramePipe.HeaderLength..]);
        return EndedMessage.Read(ref reader, Options, Start);
    }
}
