using System.Threading.Channels;

namespace Escapement.Events;

/// <summary>What one who watches is told. What they are too slow for is left out, and they are told that something is missing.</summary>
internal sealed class EventStream : IDisposable
{
    private const int Most = 1_000;

    private readonly EventAudience audience;
    private readonly Action<EventStream> close;
    private readonly Channel<Sent> told =
        Channel.CreateBounded<Sent>(new BoundedChannelOptions(Most) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    // From the beginning on: what happened before is to be read.
    private int missing = 1;

    /// <param name="tenant">Whose events; null for all.</param>
    /// <param name="audience">Those who watch the same.</param>
    /// <param name="close">Is called at its end.</param>
    public EventStream(TenantId? tenant, EventAudience audience, Action<EventStream> close)
    {
        (Tenant, this.audience, this.close) = (tenant, audience, close);
        audience.Add(this);
    }

    /// <summary>Whose events; null for all.</summary>
    public TenantId? Tenant { get; }

    /// <summary>What is to be sent, one by one.</summary>
    public ChannelReader<Sent> Told => told.Reader;

    /// <summary>How long until there may be counts to send.</summary>
    public TimeSpan RestOfSecond => audience.RestOfSecond;

    /// <summary>Whether something is missing since this was last asked.</summary>
    public bool TakeMissing() => Interlocked.Exchange(ref missing, 0) == 1;

    /// <summary>Has what was counted told, if it is time to.</summary>
    public void EndSecond() => audience.EndSecond();

    public void Take(Sent one)
    {
        if (!told.Writer.TryWrite(one))
        {
            Miss();
        }
    }

    public void Miss() => Interlocked.Exchange(ref missing, 1);

    public void Dispose()
    {
        audience.Remove(this);
        close(this);
        told.Writer.TryComplete();
    }
}
