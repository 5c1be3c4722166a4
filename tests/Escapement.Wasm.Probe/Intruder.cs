using System.Text;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Wasm.Bridges;
using Escapement.Wasm.Protocol;
using Escapement.Worker;

namespace Escapement.Wasm.Probe;

/// <summary>A worker that does what the URL of each call says: lies to the host, or tries the bars and tells how it went.</summary>
internal static class Intruder
{
    public static int Run(Pipes pipes, IReadOnlyList<string> holds)
    {
        var frames = pipes.ToFrames(1 << 26);
        frames.TryRead(out _, out _, out _);
        frames.Write(FrameKind.Ready, 0, ReadyMessage.Write(Confining.Confine(holds)));
        for (var first = true; frames.TryRead(out var kind, out var id, out var payload);)
        {
            if (kind == FrameKind.Invoke)
            {
                var reader = new WireReader(payload);
                var invocation = InvokeMessage.Read(ref reader, new RemoteHost(_ => throw new InvalidOperationException())).Invocation;
                Act(invocation.Request.Url, id, frames, pipes.Output, first);
                first = false;
            }
        }

        return 0;
    }

    private static void Act(string url, ulong id, FramePipe frames, Stream raw, bool first)
    {
        switch (url)
        {
            case "/lies/length":
                raw.Write([0xff, 0xff, 0xff, 0x7f, (byte)FrameKind.Ended, 0, 0, 0, 0, 0, 0, 0, 0]);
                break;
            case "/lies/call":
                frames.Write(FrameKind.Ended, id + 1, EndedMessage.Write(Answer("")));
                break;
            case "/lies/kind":
                frames.Write((FrameKind)200, id, new WireWriter());
                break;
            case "/lies/capability":
                frames.Write(FrameKind.HostCall, id, new WireWriter().Byte(200));
                break;
            case "/lies/calls":
                for (var i = 0; i < 3; i++)
                {
                    frames.Write(FrameKind.HostCall, id, new WireWriter().Byte(0).Byte(0));
                }

                break;
            case "/lies/size":
                frames.Write(FrameKind.Ended, id, EndedMessage.Write(Answer(new string('x', 300_000))));
                break;
            case "/lies/loading" or "/lies/loading/holds" when !first:
                // It was broken into by a guest, and so not before it had run one.
                frames.Write(FrameKind.NotLoaded, id, NotLoadedMessage.Write("It says so."));
                break;
            case "/lies/begun":
                frames.Write(FrameKind.Logged, id, LogMessage.Write(new WireWriter(), [new GuestLogLine(default, "info", "It runs.")], default));
                frames.Write(FrameKind.NotLoaded, id, NotLoadedMessage.Write("It says so."));
                break;
            case "/holds" or "/lies/loading/holds":
                frames.Write(FrameKind.Logged, id, LogMessage.Write(new WireWriter(), [new GuestLogLine(default, "info", "It runs.")], default));
                break;
            case "/prints":
                Console.Error.WriteLine("a line with \u001b[31m colour in it");
                frames.Write(FrameKind.Ended, id, EndedMessage.Write(Answer("")));
                break;
            case "/takes/shared":
                frames.Write(FrameKind.Ended, id, EndedMessage.Write(Answer(SharedMemory.Take(1 << 30) ? "taken" : "refused")));
                break;
            case "/ends":
                Environment.Exit(3);
                break;
            default:
                frames.Write(FrameKind.Ended, id, EndedMessage.Write(Answer(string.Join('\n', Bars.Try(url)))));
                break;
        }
    }

    private static Invoked Answer(string body) =>
        new(new InvocationResult.Responded(new HandlerResponse(200, [], Encoding.UTF8.GetBytes(body))), default, TimeSpan.Zero, RunEvidence.None);
}
