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

    /// <summary>How long another node is taken to watch after it said so.</summary>
    public static readonly TimeSpan InterestLasts = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<EventStream, bool> streams = new();
    private long watchedElsewhereUntil;

    /// <summary>Raised with what happened on this node while somebody watches on another. Quick, and does not throw.</summary>
    public event Action<HostEvent>? Happened;

    /// <summary>Raised when the first stream of this node is opened: the others are to know.</summary>
    public event Action? Watched;

    /// <summary>Whether somebody watches on this node.</summary>
    public bool IsWatchedHere => !streams.IsEmpty;

    private bool IsWatchedElsewhere => time.GetUtcNow().UtcTicks < Interlocked.Read(ref watchedElsewhereUntil);

    /// <summary>Begins to watch; null when too many do.</summary>
    /// <param name="tenant">Whose events; null for all.</param>
    public EventStream? Open(TenantId? tenant)
    {
        if (streams.Count >= MostStreams)
        {
            return null;
        }

        var first = streams.IsEmpty;
        var stream = new EventStream(tenant, Close);
        streams[stream] = true;
        if (first)
        {
            Watched?.Invoke();
        }

        return stream;
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
        foreach (var (stream, _) in streams)
        {
            stream.Take(happened);
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

    private void Close(EventStream stream) => streams.TryRemove(stream, out _);
}
