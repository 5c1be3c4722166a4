namespace Escapement.Wasm.Workers;

/// <summary>Who waits for a worker, in their order. Not for several threads: its owner holds a lock.</summary>
internal sealed class WorkerTurns
{
    private readonly LinkedList<WorkerTurn> waiting = [];
    private Worker? clearing;

    /// <summary>Whether somebody waits.</summary>
    public bool Any => waiting.Count > 0;

    /// <summary>Comes last; or first, if it is to come after a worker, in which it has had its turn.</summary>
    /// <param name="alone">Whether it takes all of a worker.</param>
    /// <param name="after">The number of that worker; 0 for none.</param>
    public WorkerTurn Add(bool alone, long after = 0)
    {
        var turn = new WorkerTurn(alone, after);
        _ = after == 0 ? waiting.AddLast(turn) : waiting.AddFirst(turn);
        return turn;
    }

    /// <summary>Waits no more; answers whether it still did.</summary>
    public bool Remove(WorkerTurn turn) => waiting.Remove(turn);

    /// <summary>Some are told that there is no worker for them.</summary>
    public void End(Func<WorkerTurn, bool> which)
    {
        foreach (var turn in waiting.Where(which).ToList())
        {
            waiting.Remove(turn);
            turn.Worker.TrySetResult(null);
        }
    }

    /// <summary>A worker is gone, and so is not the one that is being cleared.</summary>
    public void Forget(Worker worker) => clearing = worker == clearing ? null : clearing;

    /// <summary>
    /// Gives slots to those that wait, in their order. Who wants a worker alone has one cleared, one after the other, and so holds up nobody at the others.
    /// </summary>
    /// <param name="workers">Those that take calls.</param>
    public void GiveOut(IEnumerable<Worker> workers)
    {
        if (clearing is not null && !waiting.Any(w => w.Alone))
        {
            clearing = null;
        }

        for (var node = waiting.First; node is not null;)
        {
            var next = node.Next;
            var isOneTakenWhole = node.Value.Alone && workers.Any(w => w.IsTakenWhole);
            var suiting = workers.Where(node.Value.Suits);
            var worker = node.Value.Alone
                ? suiting.Where(w => w.Taken == 0 && !w.IsResting && !isOneTakenWhole).OrderBy(w => w != clearing).FirstOrDefault()
                : suiting.Where(w => w.HasRoom && w != clearing).OrderBy(w => w.Taken).ThenByDescending(w => w.Calls).FirstOrDefault();
            if (worker is not null)
            {
                waiting.Remove(node);
                worker.Taken++;
                worker.IsTakenWhole = node.Value.Alone;
                Forget(worker);
                node.Value.Worker.SetResult(worker);
            }
            else if (node.Value.Alone && !isOneTakenWhole)
            {
                clearing ??= suiting.MinBy(w => w.Taken);
            }

            node = next;
        }
    }
}
