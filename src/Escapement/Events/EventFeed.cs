using System.Collections.Concurrent;

namespace Escapement.Events;

/// <summary>
/// Brings events from where they happen to whoever watches on this node, and by way of the store to those who watch on others. While nobody watches
/// anywhere, telling it something costs a look at two fields.
/// </summary>
internal sealed class EventFeed(TimeProvider time)
{
    /// <summary>How many watch on a node at most.</summary>
    public const int MostStreams = 1_000;

    /// <summary>How many of them one caller may have who is no operator: however many it opens, others can watch.</summary>
    public const int MostOfCaller = MostStreams / 10;

    /// <summary>How many may be of one tenant, without its operators'.</summary>
    public const int MostOfTenant = MostStreams / 4;

    /// <summary>How long another node is taken to watch after it said so.</summary>
    public static readonly TimeSpan InterestLasts = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<EventStream, string?> streams = new();
    private readonly EventAudience ofAll = new(time);
    private readonly ConcurrentDictionary<TenantId, EventAudience> ofTenants = new();
    private readonly Lock opening = new();
    private volatile int open;
    private long watchedElsewhereUntil;

    /// <summary>Raised with what happened on this node while somebody watches on another. Quick, and does not throw.</summary>
    public event Action<HostEvent>? Happened;

    /// <summary>Raised when the first stream of this node is opened: the others are to know.</summary>
    public event Action? Watched;

    /// <summary>Whether somebody watches on this node.</summary>
    public bool IsWatchedHere => open > 0;

    /// <summary>Whether somebody watches anywhere.</summary>
    public bool IsWatched => IsWatchedHere || IsWatchedElsewhere;

    private bool IsWatchedElsewhere => time.GetUtcNow().UtcTicks < Interlocked.Read(ref watchedElsewhereUntil);

    /// <summary>Begins to watch; null when too many do.</summary>
    /// <param name="tenant">Whose events; null for all.</param>
    /// <param name="caller">Who watches, to have no more than a share of the streams; null for an operator, who may have all.</param>
    public EventStream? Open(TenantId? tenant, string? caller = null)
    {
        EventStream stream;
        bool first;
        lock (opening)
        {
            if (streams.Count >= MostStreams || IsShareTaken(tenant, caller))
            {
                return null;
            }

            first = open == 0;
            stream = new EventStream(tenant, tenant is { } one ? ofTenants.GetOrAdd(one, _ => new EventAudience(time)) : ofAll, Close);
            streams[stream] = caller;
            open = streams.Count;
        }

        if (first)
        {
            Watched?.Invoke();
        }

        return stream;
    }

    /// <summary>Whether a caller, or its tenant, has as many streams as it may.</summary>
    public bool IsShareTaken(TenantId? tenant, string? caller)
    {
        if (caller is null)
        {
            return false;
        }

        var (ofCaller, ofTenant) = (0, 0);
        foreach (var (stream, watcher) in streams)
        {
            ofCaller += watcher == caller ? 1 : 0;
            ofTenant += watcher is not null && tenant is not null && stream.Tenant == tenant ? 1 : 0;
        }

        return ofCaller >= MostOfCaller || ofTenant >= MostOfTenant;
    }

    /// <summary>Tells what happened on this node.</summary>
    public void Tell(HostEvent happened)
    {
        Hear(happened);
        if (Happened is { } elsewhere && IsWatchedElsewhere)
        {
            elsewhere(happened);
        }
    }

    /// <summary>Tells what happened on another node.</summary>
    public void Hear(HostEvent happened)
    {
        if (!IsWatchedHere)
        {
            return;
        }

        ofAll.Take(happened);
        if (happened.Tenant is { } tenant)
        {
            if (ofTenants.TryGetValue(tenant, out var audience))
            {
                audience.Take(happened);
            }

            return;
        }

        foreach (var (_, audience) in ofTenants)
        {
            audience.Take(happened);
        }
    }

    /// <summary>Something that happened elsewhere did not get here.</summary>
    public void Miss()
    {
        foreach (var (stream, _) in streams)
        {
            stream.Miss();
        }
    }

    /// <summary>Another node says that somebody watches there.</summary>
    public void NoteInterest() => Interlocked.Exchange(ref watchedElsewhereUntil, (time.GetUtcNow() + InterestLasts).UtcTicks);

    private void Close(EventStream stream)
    {
        lock (opening)
        {
            streams.TryRemove(stream, out _);
            open = streams.Count;
            if (stream.Tenant is { } tenant && ofTenants.TryGetValue(tenant, out var audience) && audience.IsEmpty)
            {
                ofTenants.TryRemove(tenant, out _);
            }
        }
    }
}
