namespace Escapement.Audit;

/// <summary>
/// Folds what one install does again and again within a minute into one entry with a number, so that a guest in a loop does not fill the disk:
/// refusals of one kind from the second on (contract section 3), and reads of one kind past <see cref="ReadsApart"/>. What is denied to somebody who
/// calls the HTTP API is folded like a refusal. The entry that stands for more is written at once, its number when the minute is over or the host stops.
/// </summary>
internal sealed class AuditFolds
{
    /// <summary>How many reads of one kind within a minute have an entry each.</summary>
    public const int ReadsApart = 60;

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
        if (!(entry.Actor.Kind == ActorKind.Extension && entry.Install is not null) && entry.Outcome != AuditOutcome.Denied)
        {
            return false;
        }

        var kind = new Kind(entry.Tenant, entry.Install, entry.Actor, entry.Action, entry.Outcome, entry.RefusalKind);
        lock (gate)
        {
            if (closed)
            {
                return false;
            }

            if (open.TryGetValue(kind, out var fold) && entry.At >= fold.Start && entry.At < fold.End)
            {
                return fold.Take(entry);
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
            return Take(fold => fold.End <= now || now < fold.Start);
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
                taken.Add(fold.Last with { Count = fold.Count });
            }
        }

        return taken;
    }

    private sealed record Kind(TenantId? Tenant, InstallId? Install, Actor Actor, string Action, AuditOutcome Outcome, string? Refusal);

    private sealed class Fold(Kind kind, AuditEntry first)
    {
        private int apart = first.Outcome == AuditOutcome.Done ? ReadsApart : 0;

        public Kind Kind => kind;

        public DateTimeOffset Start { get; } = first.At;

        public DateTimeOffset End { get; } = first.At + Within;

        /// <summary>The last one that is written itself; it stands for those after it.</summary>
        public AuditEntry Last { get; private set; } = first;

        public int Count { get; private set; } = 1;

        /// <summary>Whether an entry of this kind and minute is counted in <see cref="Last"/>.</summary>
        public bool Take(AuditEntry entry)
        {
            if (apart > 0)
            {
                apart--;
                Last = entry;
                return false;
            }

            Count++;
            return true;
        }
    }
}
