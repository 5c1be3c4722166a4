using System.Text;
using Escapement.Runs;

namespace Escapement.Wasm.Running;

/// <summary>
/// The log lines of one run, up to the limits. Standard output arrives on threads of the engine while the guest's thread waits,
/// and the evidence may be taken while a guest is still being ended: hence the lock.
/// </summary>
internal sealed class RunLog(WasmSandboxOptions options, TimeProvider time)
{
    // In the order: SpiderMonkey's and most others' error, Rust's, and what SpiderMonkey says when it cannot even throw its error.
    private static readonly string[] WordsForNoMemory = ["out of memory", "memory allocation of", "unhandlable oom"];

    private readonly Lock gate = new();
    private readonly List<GuestLogLine> lines = [];
    private int bytes;
    private int dropped;

    /// <summary>
    /// Whether the guest said that it got no memory. The engine refuses growth without telling the host, so a trap that follows is
    /// understood by the words that language runtimes use. A guest that lies misnames its own failure, nothing else.
    /// </summary>
    public bool SpokeOfNoMemory { get; private set; }

    public void Add(string level, string message)
    {
        lock (gate)
        {
            SpokeOfNoMemory |= level is "stderr" or "error"
                && WordsForNoMemory.Any(w => message.Contains(w, StringComparison.OrdinalIgnoreCase));
            if (lines.Count >= options.MaxLogLines)
            {
                dropped++;
                return;
            }

            var kept = Cut(message);
            var size = Encoding.UTF8.GetByteCount(kept);
            if (size > options.MaxLogBytes - bytes)
            {
                dropped++;
                return;
            }

            bytes += size;
            lines.Add(new GuestLogLine(time.GetUtcNow(), level, kept));
        }
    }

    /// <summary>The lines from the one on that is the so-maniest, from 0.</summary>
    public IReadOnlyList<GuestLogLine> From(int first)
    {
        lock (gate)
        {
            return first >= lines.Count ? [] : lines[first..];
        }
    }

    /// <summary>Counts a line that is not kept.</summary>
    public void Drop()
    {
        lock (gate)
        {
            dropped++;
        }
    }

    public RunEvidence ToEvidence(IReadOnlyDictionary<string, int> hostCalls)
    {
        lock (gate)
        {
            return lines.Count == 0 && dropped == 0 && hostCalls.Count == 0
                ? RunEvidence.None
                : new RunEvidence(lines.ToArray(), dropped, hostCalls);
        }
    }

    private string Cut(string message)
    {
        if (message.Length <= options.MaxLogLineChars)
        {
            return message;
        }

        var end = options.MaxLogLineChars;
        return char.IsHighSurrogate(message[end - 1]) ? message[..(end - 1)] : message[..end];
    }
}
