namespace Escapement.Faults;

/// <summary>
/// Writes down when this process stood still for longer than its own work explains: a busy machine does to a node what a fault does,
/// and whoever judges the node must know.
/// </summary>
internal static class PulseWatch
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Noted = TimeSpan.FromMilliseconds(600);

    /// <summary>Begins on a thread of its own: what the thread pool does must not look like a stall of the machine.</summary>
    public static void Begin(CallLog log)
    {
        var thread = new Thread(() =>
        {
            var last = DateTimeOffset.UtcNow;
            while (true)
            {
                Thread.Sleep(Beat);
                var now = DateTimeOffset.UtcNow;
                if (now - last > Noted)
                {
                    log.Write(new CallLine { Kind = CallLine.Kinds.Stall, At = now, Since = last });
                }

                last = now;
            }
        })
        {
            IsBackground = true,
            Name = "pulse",
        };
        thread.Start();
    }
}
