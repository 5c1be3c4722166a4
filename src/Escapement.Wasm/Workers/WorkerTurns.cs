namespace Escapement.Wasm.Workers;

/// <summary>Who waits for a worker, in their order. Not for several threads: its owner holds a lock.</summary>
internal sealed class WorkerTurns
{
    private readonly LinkedList<WorkerTurn> waiting = [];
    private Worker? clearing;

    /// <summary>Whether somebody waits.</summary>
    public bool Any => waiting.Count > 0;

    /// <summary>Comes last; or, if it is to come after a worker, in which it has had its turn, before all that are not.</summary>
    /// <param name="alone">Whether it takes all of a worker.</param>
    /// <param name="after">The number of that worker; 0 for none.</param>
    public WorkerTurn Add(bool alone, long after = 0)
    {
        var turn = new WorkerTurn(alone, after);
        var behind = turn.IsParticular ? waiting.FirstOrDefault(t => !t.IsParticular) : null;
        _ = behind is null ? waiting.AddLast(turn) : waiting.AddBefore(waiting.Find(behind)!, turn);
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
    /// Gives slots to those that wait, in their order. Who wants a worker alone has one cleared, strictly one after the other, and so holds up nobody at the
    /// others.
    /// </summary>
    /// <param name="workers">Those that take calls.</param>
    public void GiveOut(IEnumerable<Worker> workers)
    {
        if (clearing is not null && !waiting.Any(w => w.Alone))
        {
            clearing = null;
        }

        var isOneAloneBefore = workers.Any(w => w.IsTakenWhole);
        for (var node = waiting.First; node is not null;)
        {
            var (turn, next) = (node.Value, node.Next);
            var worker = !turn.Alone ? WithRoom(workers, turn) : isOneAloneBefore ? null : Cleared(workers, turn);
            isOneAloneBefore |= turn.Alone;
            if (worker is not null)
            {
                waiting.Remove(node);
                worker.Taken++;
                worker.IsTakenWhole = turn.Alone;
                turn.Worker.SetResult(worker);
            }

            node = next;
        }
    }

    private Worker? WithRoom(IEnumerable<Worker> workers, WorkerTurn turn) =>
        workers.Where(w => turn.Suits(w) && w.HasRoom && w != clearing).OrderBy(w => w.Taken).ThenByDescending(w => w.Calls).FirstOrDefault();

    private Worker? Cleared(IEnumerable<Worker> workers, WorkerTurn turn)
    {
        var suiting = workers.Where(turn.Suits);
        var worker = suiting.Where(w => w.Taken == 0 && !w.IsResting).OrderBy(w => w != clearing).FirstOrDefault();
        clearing = worker is not null ? null
            : clearing is not null && turn.Suits(clearing) ? clearing
            : suiting.MinBy(w => w.Taken);
        return worker;
    }
}
