using System.ComponentModel;
using Escapement.Telemetry;
using Escapement.Wasm.Protocol;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Workers;

/// <summary>
/// The owner of the worker processes. Each place has a worker as soon as somebody wants one: one that is lost is replaced at once, one that does
/// not become ready after a while that doubles, one that is worn out as soon as its successor is ready. All end when nothing ran for long.
/// </summary>
internal sealed partial class WorkerPool : IDisposable
{
    private readonly object gate = new();
    private readonly WorkerSpawner spawner;
    private readonly WasmSandboxOptions options;
    private readonly SandboxTelemetry telemetry;
    private readonly ILogger logger;
    private readonly WorkerPlace[] places;
    private readonly List<Worker> alive = [];
    private readonly WorkerTurns turns = new();
    private readonly CancellationTokenSource closing = new();
    private readonly WorkerWatch watch;
    private long lastReady;
    private bool isAwake;
    private long usedAt = TimeProvider.System.GetTimestamp();

    public WorkerPool(WorkerSpawner spawner, WasmSandboxOptions options, SandboxTelemetry telemetry, ILogger logger)
    {
        this.spawner = spawner;
        this.options = options;
        this.telemetry = telemetry;
        this.logger = logger;
        var count = Math.Min(options.Workers, options.Slots);
        places = [.. Enumerable.Range(0, count).Select(i => new WorkerPlace((options.Slots / count) + (i < options.Slots % count ? 1 : 0)))];
        Limits = WorkerLimits.Of(options, places[0].Slots);
        watch = new WorkerWatch(this, Limits);
    }

    public WorkerLimits Limits { get; }

    /// <summary>What confines the workers, by name; empty before the first is ready.</summary>
    public IReadOnlyList<string> Confinements { get; private set; } = [];

    /// <summary>Whether there is hope for who waits for a worker.</summary>
    public bool CanRun
    {
        get
        {
            lock (gate)
            {
                return !Array.TrueForAll(places, p => p.HasNoHope);
            }
        }
    }

    /// <summary>How many places have no worker because none becomes ready, and how many places there are.</summary>
    public (int Missing, int All) Missing
    {
        get
        {
            lock (gate)
            {
                return (places.Count(p => p.HasNoHope), places.Length);
            }
        }
    }

    /// <summary>Workers that there are now, for the watch and for tests.</summary>
    public IReadOnlyList<Worker> Alive
    {
        get
        {
            lock (gate)
            {
                return [.. alive];
            }
        }
    }

    /// <summary>How long nothing has run, if workers wait for something to run; null otherwise.</summary>
    public TimeSpan? IdleFor
    {
        get
        {
            lock (gate)
            {
                return isAwake && !turns.Any && alive.TrueForAll(w => w.Taken == 0) && !Array.Exists(places, p => p.IsStarting)
                    ? TimeProvider.System.GetElapsedTime(usedAt)
                    : null;
            }
        }
    }

    /// <summary>Starts the workers if there are none.</summary>
    public void Wake()
    {
        lock (gate)
        {
            WakeHere();
        }
    }

    /// <summary>
    /// Starts a worker for a moment if none was ready yet, to learn what confines workers on this system. One that cannot be started says so to those
    /// who want it.
    /// </summary>
    public async Task LearnConfinementsAsync()
    {
        Worker? worker = null;
        try
        {
            if (Confinements.Count == 0)
            {
                worker = new Worker(await spawner.StartAsync("serve", Limits.Heap, Limits.Group), 1, options, telemetry, logger, OnEnd);
                Add(worker);
                Confinements = await GetReadyAsync(worker);
            }
        }
        catch (Exception)
        {
            // It stays unknown; whoever wants a worker is told. A look must not end the host, whatever the machine has too little of.
        }
        finally
        {
            worker?.End(new WorkerEnd("It was started to be looked at.", IsWanted: true));
        }
    }

    /// <summary>A slot of a worker, which the caller gives back; null when no worker can be started.</summary>
    /// <param name="alone">Whether it takes all of a worker.</param>
    /// <param name="doubted">
    /// A worker whose word is not enough: it is replaced, and the caller takes all of one that becomes ready after it was given, so that nobody else can
    /// speak for that; null for any worker.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Worker?> TakeAsync(bool alone, Worker? doubted, CancellationToken cancellationToken)
    {
        WorkerTurn turn;
        lock (gate)
        {
            WakeHere();
            if (closing.IsCancellationRequested || Array.TrueForAll(places, p => p.HasNoHope))
            {
                return null;
            }

            turn = doubted is null ? turns.Add(alone) : turns.Add(alone: true, ReplaceDoubted(doubted));
            GiveOut();
        }

        await using var cancelling = cancellationToken.UnsafeRegister(_ => GiveUp(turn, cancellationToken), null);
        return await turn.Worker.Task;
    }

    /// <summary>Gives a slot back.</summary>
    public void Return(Worker worker)
    {
        lock (gate)
        {
            usedAt = TimeProvider.System.GetTimestamp();
            worker.Taken--;
            worker.IsTakenWhole = false;
            if (worker.Taken == 0 && IsLeaving(worker))
            {
                Leave(worker);
            }
            else if (worker.Calls >= Limits.Calls)
            {
                Replace(worker);
            }

            GiveOut();
        }
    }

    /// <summary>Has a new worker take this one's place, which then takes no more calls.</summary>
    public void Replace(Worker worker)
    {
        lock (gate)
        {
            if (Array.Find(places, p => p.Worker == worker) is { IsStarting: false } place && !closing.IsCancellationRequested)
            {
                WorkerRecycled(worker.ProcessId, worker.Calls);
                Start(place);
            }
        }
    }

    /// <summary>
    /// Gives a worker no more calls, or calls again. One whose successor does not become ready has to go on, and so has the last one that takes calls: a
    /// worker that has grown is better than none.
    /// </summary>
    public void Rest(Worker worker, bool rests)
    {
        lock (gate)
        {
            rests = rests && Array.Find(places, p => p.Worker == worker) is { Failures: 0 }
                && Array.Exists(places, p => p.Worker != worker && p.Worker is { IsResting: false });
            if (worker.IsResting != rests)
            {
                worker.IsResting = rests;
                if (rests)
                {
                    WorkerRests(worker.ProcessId);
                }

                GiveOut();
            }
        }
    }

    /// <summary>Ends all workers if still nothing has run for so long.</summary>
    public void EndIfIdle(TimeSpan idle)
    {
        lock (gate)
        {
            if (!(IdleFor >= idle))
            {
                return;
            }

            isAwake = false;
            WorkersIdle(idle);
            foreach (var place in places)
            {
                if (place.Worker is { } worker)
                {
                    place.Worker = null;
                    Leave(worker);
                }
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            closing.Cancel();
            turns.End(static _ => true);
        }

        watch.Dispose();
        var left = Alive;
        foreach (var worker in left)
        {
            worker.End(new WorkerEnd("The host closes.", IsWanted: true));
        }

        Task.WaitAll(left.Select(w => w.Gone));
    }

    // Any worker that becomes ready after this one will do: if it has run something by then, its word is not enough either. What this one runs comes to its
    // end in it, unless that of another such one has not: what somebody has broken into must not add up.
    private long ReplaceDoubted(Worker worker)
    {
        if (Array.Find(places, p => p.Worker == worker) is not { } place)
        {
            return worker.Number;
        }

        if (!place.IsStarting)
        {
            WorkerDoubted(worker.ProcessId);
            if (alive.Exists(w => w.Taken > 0 && IsLeaving(w)))
            {
                worker.End(new WorkerEnd("It could not load code that is sound, and what ran in another such one has not ended.", IsNobodysFault: true));
            }
            else
            {
                Start(place);
            }
        }

        return lastReady;
    }

    private void WakeHere()
    {
        if (!isAwake && !closing.IsCancellationRequested)
        {
            isAwake = true;
            usedAt = TimeProvider.System.GetTimestamp();
            foreach (var place in places.Where(p => p.Worker is null && !p.IsStarting))
            {
                Start(place);
            }

            watch.Wake();
        }
    }

    private void GiveUp(WorkerTurn turn, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (turns.Remove(turn))
            {
                turn.Worker.TrySetCanceled(cancellationToken);
                GiveOut();
            }
        }
    }

    private void GiveOut()
    {
        turns.GiveOut(places.Select(p => p.Worker).OfType<Worker>());
        if (turns.Any || alive.Exists(w => w.Taken > 0))
        {
            watch.Wake();
        }
    }

    private void Start(WorkerPlace place)
    {
        place.IsStarting = true;
        _ = Task.Run(() => StartAsync(place));
    }

    private async Task StartAsync(WorkerPlace place)
    {
        Worker? worker = null;
        try
        {
            await Task.Delay(place.Delay, TimeProvider.System, closing.Token);
            worker = new Worker(await spawner.StartAsync("serve", Limits.Heap, Limits.Group), place.Slots, options, telemetry, logger, OnEnd);
            Add(worker);
            Confinements = await GetReadyAsync(worker);
            WorkerReady(worker.ProcessId, place.Slots, worker.Age, string.Join(", ", Confinements));
            Started(place, worker);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            worker?.End(new WorkerEnd("The host closes.", IsWanted: true));
        }
        catch (Exception e)
        {
            worker?.End(new WorkerEnd(e.Message));
            NotStarted(place, e);
        }
    }

    private async Task<IReadOnlyList<string>> GetReadyAsync(Worker worker) =>
        [.. await worker.StartAsync(Limits.Data), Confinement.Confinements.Watchdog];

    private void Add(Worker worker)
    {
        lock (gate)
        {
            closing.Token.ThrowIfCancellationRequested();
            alive.Add(worker);
            watch.Wake();
        }
    }

    private void Started(WorkerPlace place, Worker worker)
    {
        lock (gate)
        {
            place.IsStarting = false;
            place.Failures = 0;
            var before = place.Worker;
            place.Worker = worker;
            worker.Number = ++lastReady;
            if (before is { Taken: 0 })
            {
                Leave(before);
            }

            GiveOut();

            // Nothing may be to do, which it could not know while this one was starting.
            watch.Wake();
        }
    }

    private void NotStarted(WorkerPlace place, Exception e)
    {
        lock (gate)
        {
            place.IsStarting = false;
            place.Failures++;
            if (closing.IsCancellationRequested)
            {
                return;
            }

            // In a line, however often it is tried; of what nobody expects here the kind is said too.
            var isExpected = e is IOException or Win32Exception or ProtocolException or InvalidOperationException;
            WorkerNotStarted(place.Failures, place.Delay, isExpected ? e.Message : $"{e.GetType().Name}: {e.Message}");
            var noHope = Array.TrueForAll(places, p => p.HasNoHope);
            turns.End(t => noHope || (t.IsParticular && !Array.Exists(places, p => p.Worker is { } worker && t.Suits(worker))));
            Start(place);

            // The one that was to make room has to go on.
            watch.Wake();
        }
    }

    private void OnEnd(Worker worker, WorkerEnd why)
    {
        lock (gate)
        {
            alive.Remove(worker);
            turns.Forget(worker);
            if (Array.Find(places, p => p.Worker == worker) is { } place)
            {
                place.Worker = null;
                if (!closing.IsCancellationRequested)
                {
                    WorkerLost(worker.ProcessId, why.Message);
                    if (!place.IsStarting)
                    {
                        Start(place);
                    }

                    GiveOut();
                }
            }
        }
    }

    private bool IsLeaving(Worker worker) => !Array.Exists(places, p => p.Worker == worker);

    // It ends by itself, and the end of its pipe tells when; the watch ends one that does not.
    private void Leave(Worker worker)
    {
        worker.Leave();
        watch.Wake();
    }
}
