namespace Escapement.Audit;

/// <summary>
/// Folds the refusals of one kind that one install earns within a minute into one entry with their number (contract section 3): a guest in a
/// loop must not fill the disk with them. The first is written at once, the number when the minute is over or the host stops.
/// </summary>
internal sealed class RefusalFolds
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Kind, Fold> open = [];

    // In the order in which they were opened.
    private readonly LinkedList<Fold> all = [];
    private bool closed;

    /// <summary>Until when the oldest stays open; null when none is.</summary>
    public DateTimeOffset? NextEnd
    {
        get
        {
            lock (gate)
            {
                return all.First?.Value.End;
            }
        }
    }

    /// <summary>Whether an entry is counted in one that came before; if not, it is to be written itself.</summary>
    public bool Take(AuditEntry entry)
    {
        if (entry.Outcome == AuditOutcome.Done || entry.Actor.Kind != ActorKind.Extension || entry.Install is not { } install)
        {
            return false;
        }

        var kind = new Kind(install, entry.Actor, entry.Action, entry.Outcome, entry.RefusalKind);
        lock (gate)
        {
            if (closed)
            {
                return false;
            }

            if (open.TryGetValue(kind, out var fold) && entry.At >= fold.First.At && entry.At < fold.End)
            {
                fold.Count++;
                return true;
            }

            // One that is over stays until its number is taken.
            open[kind] = fold = new Fold(kind, entry);
            all.AddLast(fold);
            return false;
        }
    }

    /// <summary>The entries of those that are over, with their numbers; without those that stand for one, which are written.</summary>
    public IReadOnlyList<AuditEntry> TakeEnded(DateTimeOffset now)
    {
        lock (gate)
        {
            return Take(fold => fold.End <= now || now < fold.First.At);
        }
    }

    /// <summary>All of them. From now on nothing is folded.</summary>
    public IReadOnlyList<AuditEntry> Close()
    {
        lock (gate)
        {
            closed = true;
            return Take(_ => true);
        }
    }

    private List<AuditEntry> Take(Func<Fold, bool> isOver)
    {
        var taken = new List<AuditEntry>();
        for (var node = all.First; node is not null && isOver(node.Value); node = all.First)
        {
            var fold = node.Value;
            all.RemoveFirst();
            if (open.GetValueOrDefault(fold.Kind) == fold)
            {
                open.Remove(fold.Kind);
            }

            if (fold.Count > 1)
            {
                taken.Add(fold.First with { Count = fold.Count });
            }
        }

        return taken;
    }

    private sealed record Kind(InstallId Install, Actor Actor, string Action, AuditOutcome Outcome, string? Refusal);

    private sealed class Fold(Kind kind, AuditEntry first)
    {
        public Kind Kind => kind;

        public AuditEntry First => first;

        public DateTimeOffset End { get; } = first.At + Within;

        public int Count { get; set; } = 1;
    }
}
