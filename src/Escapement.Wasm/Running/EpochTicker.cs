using Wasmtime;

namespace Escapement.Wasm.Running;

/// <summary>
/// Interrupts running guests every few milliseconds so that each can look at its own limits. Ticks only while something runs: an
/// idle node wakes for nothing.
/// </summary>
internal sealed class EpochTicker : IDisposable
{
    private const int TickMilliseconds = 10;

    private readonly Engine engine;
    private readonly object gate = new();
    private readonly Thread thread;
    private int running;
    private bool stopped;

    public EpochTicker(Engine engine)
    {
        this.engine = engine;
        thread = new Thread(Tick) { Name = "sandbox-ticker", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        thread.Start();
    }

    public void Enter()
    {
        lock (gate)
        {
            if (++running == 1)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            running--;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
    }

    private void Tick()
    {
        while (true)
        {
            lock (gate)
            {
                while (running == 0 && !stopped)
                {
                    Monitor.Wait(gate);
                }

                if (stopped)
                {
                    return;
                }
            }

            Thread.Sleep(TickMilliseconds);
            engine.IncrementEpoch();
        }
    }
}
