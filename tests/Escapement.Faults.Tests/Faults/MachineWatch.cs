using System.Diagnostics;

namespace Escapement.Faults.Tests.Faults;

/// <summary>
/// Does a little work now and then, and notes when it took many times as long as at best: then so many others want the processors that
/// nothing which takes computing keeps its time.
/// </summary>
internal sealed class MachineWatch : IDisposable
{
    private const int Rounds = 10_000_000;
    private const int TimesAsLong = 6;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly FaultLog log;
    private volatile bool isOver;

    public MachineWatch(FaultLog log)
    {
        this.log = log;
        new Thread(Watch) { IsBackground = true, Name = "machine" }.Start();
    }

    public void Dispose() => isOver = true;

    private static TimeSpan Work()
    {
        var watch = Stopwatch.StartNew();
        var x = 1u;
        for (var i = 0; i < Rounds; i++)
        {
            x = (x * 1_664_525) + 1_013_904_223;
        }

        GC.KeepAlive(x);
        return watch.Elapsed;
    }

    private void Watch()
    {
        var best = TimeSpan.MaxValue;
        while (!isOver)
        {
            var from = TimeProvider.System.GetUtcNow() - Interval;
            var took = Work();
            best = took < best ? took : best;
            if (took > best * TimesAsLong)
            {
                log.Saw("machine overloaded", from);
            }

            Thread.Sleep(Interval);
        }
    }
}
