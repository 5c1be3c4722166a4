using System.Threading.Channels;

namespace Escapement.Events;

/// <summary>What happens, for one who watches. What they are too slow for is left out, and they are told that something is missing.</summary>
internal sealed class EventStream(TenantId? tenant, Action<EventStream> close) : IDisposable
{
    private const int Most = 1_000;

    private readonly Channel<HostEvent> events =
        Channel.CreateBounded<HostEvent>(new BoundedChannelOptions(Most) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    // From the beginning on: what happened before is to be read.
    private int missing = 1;

    /// <summary>Whose events; null for all.</summary>
    public TenantId? Tenant => tenant;

    /// <summary>Whether something is missing since this was last asked.</summary>
    public bool TakeMissing() => Interlocked.Exchange(ref missing, 0) == 1;

    /// <summary>What happened, one by one.</summary>
    public ChannelReader<HostEvent> Events => events.Reader;

    public void Take(HostEvent happened)
    {
        if ((Tenant is null || happened.Tenant is null || Tenant == happened.Tenant) && !events.Writer.TryWrite(happened))
        {
            Miss();
        }
    }

    public void Miss() => Interlocked.Exchange(ref missing, 1);

    public void Dispose()
    {
        close(this);
        events.Writer.TryComplete();
    }
}
