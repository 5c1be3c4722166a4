namespace Escapement.Wasm;

/// <summary>The limits of the sandbox. Bytes, unless a name says otherwise.</summary>
public sealed class WasmSandboxOptions
{
    /// <summary>
    /// How many invocations run at once, each on a thread of its own. Default: four times the processors, at least 8, so that one
    /// install at its limit leaves as many to others.
    /// </summary>
    public int Slots { get; set; } = Math.Max(8, 4 * Environment.ProcessorCount);

    /// <summary>How long one invocation may take, in real time. Default 30 s (contract section 5).</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How large a guest's linear memory may grow. Default 64 MiB.</summary>
    public long MemoryLimit { get; set; } = 64L << 20;

    /// <summary>How large a response may be, headers included. Default 256 KiB (contract section 5).</summary>
    public int MaxResponseBytes { get; set; } = 256 << 10;

    /// <summary>How many bytes of log lines are kept of one invocation, as UTF-8. Default 64 KiB.</summary>
    public int MaxLogBytes { get; set; } = 64 << 10;

    /// <summary>How many log lines are kept of one invocation. Default 500.</summary>
    public int MaxLogLines { get; set; } = 500;

    /// <summary>How many characters of a log line are kept. Default 4,000.</summary>
    public int MaxLogLineChars { get; set; } = 4_000;

    /// <summary>How many calls of capabilities one invocation may make; logging and the context do not count. Default 1,000.</summary>
    public int MaxHostCalls { get; set; } = 1_000;

    /// <summary>
    /// How many bytes, or elements of lists, a guest may hand to the host in one call, its answer included; of text some fifty times as much.
    /// Held before anything is copied. A component that imports functions with lists of wide records may hand over less. At least
    /// <see cref="MaxResponseBytes"/>, whatever is set here. Default 256 KiB.
    /// </summary>
    public int MaxHostCallBytes { get; set; } = 256 << 10;

    /// <summary>How many bytes of text and elements of lists one invocation may hand to the host in all calls together. Default 16 MiB.</summary>
    public long MaxHostCallBytesPerRun { get; set; } = 16L << 20;

    /// <summary>How many bytes of stack a guest may use. Default 1 MiB.</summary>
    public int StackSize { get; set; } = 1 << 20;

    /// <summary>How many components stay loaded; the least recently used makes room. Default 64.</summary>
    public int MaxLoadedComponents { get; set; } = 64;

    /// <summary>
    /// Where compiled components are kept, for this process's user alone: what lies there is native code. Null keeps them
    /// in memory only, so that each start compiles anew.
    /// </summary>
    public string? CacheDirectory { get; set; }

    /// <summary>
    /// How long a compiled component is kept that no process uses, counted from its last use; this holds for those of other
    /// engine versions and settings too. Looked at when a component is loaded, once a day at most. Default 30 days.
    /// </summary>
    public TimeSpan CacheRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How many bytes of compiled components are kept: past it those that no run has used or waited for make room first, then those that were used
    /// longest ago, unless a process has them open. They are made anew when they are wanted. Looked at when one is kept. Default 16 GiB.
    /// </summary>
    public long CacheMaxBytes { get; set; } = 16L << 30;

    /// <summary>Where guests run. Default: in worker processes.</summary>
    public SandboxIsolation Isolation { get; set; } = SandboxIsolation.Process;

    /// <summary>
    /// How many worker processes there are, each with its share of the slots; no more than there are slots. With two, one that is lost leaves
    /// the other. Default 2.
    /// </summary>
    public int Workers { get; set; } = 2;

    /// <summary>The program that worker processes run, <c>escapement-worker.dll</c>. Null: the one in <c>escapement-worker</c> beside the host.</summary>
    public string? WorkerPath { get; set; }

    /// <summary>
    /// How much memory of its own a worker process may hold; one that holds more is ended. Null: 192 MiB, and for each of its slots 32 MiB and
    /// twice <see cref="MemoryLimit"/>.
    /// </summary>
    public long? WorkerMemoryLimit { get; set; }

    /// <summary>After how many calls a new worker process takes the place of an old one. Default 1,000,000.</summary>
    public int WorkerMaxCalls { get; set; } = 1_000_000;

    /// <summary>How long nothing runs before worker processes end; the next call starts them again. Default 15 minutes.</summary>
    public TimeSpan WorkerIdleTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Everything that is wrong with these settings; empty when they are good.</summary>
    internal IReadOnlyList<Problem> Validate()
    {
        var problems = new List<Problem>();
        Check(Slots is >= 1 and <= 1_024, nameof(Slots), "must be from 1 to 1,024");
        Check(TimeLimit >= TimeSpan.FromMilliseconds(10) && TimeLimit <= TimeSpan.FromHours(1), nameof(TimeLimit), "must be from 10 ms to 1 hour");
        Check(
            MemoryLimit is >= 1 << 20 and <= 4L << 30 && MemoryLimit % (64 << 10) == 0,
            nameof(MemoryLimit),
            "must be a multiple of 64 KiB from 1 MiB to 4 GiB");
        Check(MaxResponseBytes is >= 1 << 10 and <= 1 << 20, nameof(MaxResponseBytes), "must be from 1 KiB to 1 MiB");
        Check(MaxLogBytes is >= 0 and <= 16 << 20, nameof(MaxLogBytes), "must be from 0 to 16 MiB");
        Check(MaxLogLines is >= 0 and <= 100_000, nameof(MaxLogLines), "must be from 0 to 100,000");
        Check(MaxLogLineChars is >= 1 and <= 1 << 20, nameof(MaxLogLineChars), "must be from 1 to 1,048,576");
        Check(MaxHostCalls >= 0, nameof(MaxHostCalls), "must not be negative");
        Check(MaxHostCallBytes is >= 1 << 10 and <= 16 << 20, nameof(MaxHostCallBytes), "must be from 1 KiB to 16 MiB");
        Check(MaxHostCallBytesPerRun is >= 1 << 10 and <= 1L << 30, nameof(MaxHostCallBytesPerRun), "must be from 1 KiB to 1 GiB");
        Check(StackSize is >= 128 << 10 and <= 16 << 20, nameof(StackSize), "must be from 128 KiB to 16 MiB");
        Check(MaxLoadedComponents >= 1, nameof(MaxLoadedComponents), "must be at least 1");
        Check(CacheDirectory is null || CacheDirectory.Trim().Length > 0, nameof(CacheDirectory), "must name a directory, or be absent");
        Check(
            CacheRetention >= TimeSpan.FromHours(1) && CacheRetention <= TimeSpan.FromDays(3_650),
            nameof(CacheRetention),
            "must be from 1 hour to 3,650 days");
        Check(CacheMaxBytes is >= 512L << 20 and <= 1L << 50, nameof(CacheMaxBytes), "must be from 512 MiB to 1 PiB");
        Check(Enum.IsDefined(Isolation), nameof(Isolation), "must be process or in-process");
        Check(Workers is >= 1 and <= 64, nameof(Workers), "must be from 1 to 64");
        Check(WorkerPath is null || WorkerPath.Trim().Length > 0, nameof(WorkerPath), "must name a file, or be absent");
        Check(WorkerMemoryLimit is null or (>= 128L << 20 and <= 1L << 40), nameof(WorkerMemoryLimit), "must be from 128 MiB to 1 TiB, or absent");
        Check(WorkerMaxCalls >= 1, nameof(WorkerMaxCalls), "must be at least 1");
        Check(
            WorkerIdleTime >= TimeSpan.FromSeconds(1) && WorkerIdleTime <= TimeSpan.FromDays(20),
            nameof(WorkerIdleTime),
            "must be from 1 second to 20 days");
        return problems;

        void Check(bool ok, string name, string rule)
        {
            if (!ok)
            {
                problems.Add(new Problem(name, "out-of-range", $"{name} {rule}."));
            }
        }
    }
}
