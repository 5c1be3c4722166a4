namespace Escapement.Events;

/// <summary>
/// Those who watch the same: all tenants, or one. What happens is throttled once for all of them: so many events a second as they are, the rest as counts at
/// the end of the second. Telling them costs the same however many they are, but for those few.
/// </summary>
internal sealed class EventAudience(TimeProvider time)
{
    /// <summary>How many events a second are told one by one.</summary>
    public const int EachSecond = 20;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly HashSet<EventStream> streams = [];
    private readonly Dictionary<(EventKind Kind, string What), int> counts = [];
    private long begun = time.GetTimestamp();
    private int toldThisSecond;

    /// <summary>Whether nobody is left.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate)
            {
                return streams.Count == 0;
            }
        }
    }

    /// <summary>How long until counts are due: at most a second.</summary>
    public TimeSpan RestOfSecond
    {
        get
        {
            lock (gate)
            {
                var rest = Second - time.GetElapsedTime(begun);
                return rest > TimeSpan.Zero ? rest : Second;
            }
        }
    }

    public void Add(EventStream stream)
    {
        lock (gate)
        {
            streams.Add(stream);
        }
    }

    public void Remove(EventStream stream)
    {
        lock (gate)
        {
            streams.Remove(stream);
        }
    }

    /// <summary>Tells them what happened, or counts it.</summary>
    public void Take(HostEvent happened)
    {
        lock (gate)
        {
            if (streams.Count == 0)
            {
                return;
            }

            EndSecondIfOver();
            if (happened.Count == 1 && toldThisSecond < EachSecond)
            {
                toldThisSecond++;
                Tell(new Sent.One(happened));
                return;
            }

            var key = (happened.Kind, happened.What);
            counts[key] = counts.GetValueOrDefault(key) + happened.Count;
        }
    }

    /// <summary>Tells what was counted, if the second is over.</summary>
    public void EndSecond()
    {
        lock (gate)
        {
            EndSecondIfOver();
        }
    }

    private void EndSecondIfOver()
    {
        if (time.GetElapsedTime(begun) < Second)
        {
            return;
        }

        (begun, toldThisSecond) = (time.GetTimestamp(), 0);
        if (counts.Count > 0)
        {
            Tell(new Sent.Counts(new Dictionary<(EventKind Kind, string What), int>(counts)));
            counts.Clear();
        }
    }

    private void Tell(Sent told)
    {
        foreach (var stream in streams)
        {
            stream.Take(told);
        }
    }
}
