namespace Escapement.Faults;

/// <summary>
/// Writes down when this process stood still: when a thread slept for much longer than it asked for, or what was handed to the thread
/// pool was not begun. A busy machine does to a node what a fault does, and whoever judges the node must know.
/// </summary>
internal static class PulseWatch
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Noted = TimeSpan.FromMilliseconds(600);

    public static void Begin(CallLog log)
    {
        var thread = new Thread(() =>
        {
            using var begun = new AutoResetEvent(false);
            var last = DateTimeOffset.UtcNow;
            while (true)
            {
                Thread.Sleep(Beat);
                ThreadPool.UnsafeQueueUserWorkItem(static b => b.Set(), begun, preferLocal: false);
                begun.WaitOne();
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
