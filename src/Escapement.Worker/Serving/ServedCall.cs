using Escapement.HostApi;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Wasm;
using Escapement.Wasm.Boundary;
using Escapement.Wasm.Bridges;
using Escapement.Wasm.Protocol;
using Escapement.Wasm.Running;

namespace Escapement.Worker.Serving;

/// <summary>One call in this worker: what the host says of it, and what its guest asks of the host.</summary>
internal sealed class ServedCall
{
    private readonly FramePipe frames;
    private readonly int maxFrame;
    private readonly CancellationTokenSource cancellation = new();
    private readonly Lock telling = new();
    private RunLog? log;
    private DateTimeOffset startedAt;
    private int told;
    private TaskCompletionSource<byte[]>? asked;

    public ServedCall(ulong id, FramePipe frames, int maxFrame)
    {
        Id = id;
        this.frames = frames;
        this.maxFrame = maxFrame;
        Host = new RemoteHost(AskAsync);
    }

    public ulong Id { get; }

    /// <summary>The host API of the call's install, over the pipe.</summary>
    public IHostApi Host { get; }

    public CancellationToken Cancelled => cancellation.Token;

    public void Cancel() => cancellation.Cancel();

    public void Answered(byte[] answer) => Interlocked.Exchange(ref asked, null)?.SetResult(answer);

    public void HostFailed() => Interlocked.Exchange(ref asked, null)?.SetException(new InvalidOperationException("The host could not answer."));

    /// <summary>Its guest is about to run.</summary>
    public void Begun(RunLog itsLog, DateTimeOffset at)
    {
        lock (telling)
        {
            (log, startedAt) = (itsLog, at);
        }
    }

    /// <summary>Tells the host what the guest has logged since this was last done.</summary>
    public void TellLog()
    {
        lock (telling)
        {
            if (log?.From(told) is { Count: > 0 } lines)
            {
                frames.Write(FrameKind.Logged, Id, LogMessage.Write(new WireWriter(), lines, startedAt));
                told += lines.Count;
            }
        }
    }

    public void End(Invoked invoked, WasmSandboxOptions options)
    {
        lock (telling)
        {
            log = null;
        }

        var message = EndedMessage.Write(invoked);
        if (message.Length > maxFrame)
        {
            // Too much to say, though each part of it is within its limit, such as headers without number.
            message = EndedMessage.Write(new Invoked(Responses.TooLarge(options.MaxResponseBytes), invoked.StartedAt, invoked.Duration, RunEvidence.None));
        }

        frames.Write(FrameKind.Ended, Id, message);
    }

    /// <summary>Its code could not be loaded, so it did not begin.</summary>
    public void NotLoaded(string why) => frames.Write(FrameKind.NotLoaded, Id, NotLoadedMessage.Write(why));

    private Task<byte[]> AskAsync(WireWriter question)
    {
        if (question.Length > maxFrame)
        {
            throw GuestRun.Current.EndGuest(RunReason.Trap, "The guest gave more data to one host call than can be passed on.");
        }

        // What waits goes on where the answer arrives: it only reads the answer, and wakes the guest's thread.
        var answer = new TaskCompletionSource<byte[]>();
        asked = answer;
        frames.Write(FrameKind.HostCall, Id, question);
        return answer.Task;
    }
}
