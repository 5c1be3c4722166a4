using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Wasm.Protocol;

/// <summary>
/// How a call ended and what was kept of it. The host holds it against the same limits once more: who broke out of its sandbox speaks
/// for the worker.
/// </summary>
internal static class EndedMessage
{
    private const int MaxMessageChars = 4_000;

    private static readonly RunReason[] Reasons =
    [
        RunReason.Trap, RunReason.TimeOut, RunReason.ResponseTooLarge, RunReason.OutOfMemory, RunReason.ComponentUnavailable,
        RunReason.TooManyHostCalls, RunReason.HostError,
    ];

    /// <summary>How long any such message can be under these limits.</summary>
    public static int MaxLength(WasmSandboxOptions options) => options.MaxResponseBytes + options.MaxLogBytes + (32 * options.MaxLogLines) + (1 << 20);

    public static WireWriter Write(Invoked invoked)
    {
        var writer = new WireWriter().Bool(invoked.ColdStart == true).Long(invoked.Duration.Ticks);
        switch (invoked.Result)
        {
            case InvocationResult.Responded { Response: var response }:
                writer.Byte(0).Int(response.Status).Pairs([.. response.Headers]).OptionalBytes(response.Body);
                break;
            case InvocationResult.Failed failed:
                writer.Byte(1).Byte((byte)failed.Reason).Text(failed.Message);
                break;
            default:
                writer.Byte(2);
                break;
        }

        var evidence = invoked.Evidence;
        LogMessage.Write(writer.Int(evidence.DroppedLogLines), evidence.Log, invoked.StartedAt).Int(evidence.HostCalls.Count);
        foreach (var (operation, count) in evidence.HostCalls)
        {
            writer.Text(operation).Int(count);
        }

        return writer;
    }

    /// <param name="reader">The message.</param>
    /// <param name="options">The limits.</param>
    /// <param name="startedAt">When the host had the call start; what the worker's clock says is only believed as a distance.</param>
    public static Invoked Read(ref WireReader reader, WasmSandboxOptions options, DateTimeOffset startedAt)
    {
        var cold = reader.Bool();
        var duration = new TimeSpan(Bounds.Within(reader.Long(), TimeSpan.TicksPerDay));
        var result = Result(ref reader, options);
        var evidence = Evidence(ref reader, options, startedAt);
        reader.End();
        return new Invoked(result, startedAt, duration, evidence) { ColdStart = cold };
    }

    private static InvocationResult Result(ref WireReader reader, WasmSandboxOptions options)
    {
        switch (reader.Byte())
        {
            case 0:
                var status = (int)Bounds.Within(reader.Int() - 100, 499) + 100;
                var headers = reader.Pairs();
                var body = reader.OptionalBytes();
                var size = headers.Sum(h => h.Key.Length + (long)h.Value.Length) + (body?.Length ?? 0);
                Bounds.Within(size, options.MaxResponseBytes);
                return new InvocationResult.Responded(new HandlerResponse(status, headers, body));
            case 1:
                var reason = (RunReason)reader.Byte();
                var message = reader.Text(MaxMessageChars);
                return Reasons.Contains(reason)
                    ? new InvocationResult.Failed(reason, message)
                    : throw new ProtocolException($"A guest cannot end as {reason}.");
            case 2:
                return new InvocationResult.Cancelled();
            case var kind:
                throw new ProtocolException($"There is no result {kind}.");
        }
    }

    private static RunEvidence Evidence(ref WireReader reader, WasmSandboxOptions options, DateTimeOffset startedAt)
    {
        var dropped = (int)Bounds.Within(reader.Int(), int.MaxValue);
        var lines = new List<GuestLogLine>();
        LogMessage.Read(ref reader, lines, options, startedAt);
        var operations = (int)Bounds.Within(reader.Count(8), RunEvidence.MaxOperations);
        var calls = new Dictionary<string, int>(operations);
        for (; operations > 0; operations--)
        {
            calls[reader.Text(RunEvidence.MaxOperationChars)] = (int)Bounds.Within(reader.Int(), int.MaxValue);
        }

        return lines.Count == 0 && dropped == 0 && calls.Count == 0 ? RunEvidence.None : new RunEvidence(lines, dropped, calls);
    }
}
