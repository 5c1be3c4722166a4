namespace Escapement.Events;

/// <summary>What is sent to one who watches.</summary>
internal abstract record Sent
{
    private Sent()
    {
    }

    /// <summary>What it is written as, once for all whom it is sent to; null until then.</summary>
    public byte[]? Written { get; set; }

    /// <summary>Something is missing: they are to read again.</summary>
    public sealed record Resync : Sent;

    /// <summary>One thing happened.</summary>
    public sealed record One(HostEvent Event) : Sent;

    /// <summary>So many things happened that they are counted, by kind and by what.</summary>
    public sealed record Counts(IReadOnlyDictionary<(EventKind Kind, string What), int> Numbers) : Sent;

    /// <summary>Nothing happened for a while; the connection is still there.</summary>
    public sealed record Nothing : Sent;
}

/// <summary>
/// Sends a stream on to the one who watches: while little happens each thing at once, and of much what comes within a tenth of a second together, because
/// each sending costs as much as all that goes with it.
/// </summary>
internal sealed class EventPump(
    EventStream stream, Func<IReadOnlyList<Sent>, CancellationToken, Task> send, Func<CancellationToken, Task<bool>> isLetIn, TimeProvider time)
{
    /// <summary>How often it is asked again whether the one who watches may.</summary>
    public static readonly TimeSpan AccessEach = TimeSpan.FromSeconds(5);

    private const int AtOnce = 3;

    private static readonly TimeSpan MuchFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(15);

    /// <summary>Goes on until the one who watches may not any more, or goes.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (asked, sent, much) = (time.GetTimestamp(), time.GetTimestamp(), false);
        var waiting = stream.Told.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            if (time.GetElapsedTime(asked) >= AccessEach)
            {
                asked = time.GetTimestamp();
                if (!await isLetIn(cancellationToken))
                {
                    return;
                }
            }

            stream.EndSecond();
            var together = Gather();
            if (together.Count == 0 && time.GetElapsedTime(sent) >= QuietFor)
            {
                together.Add(new Sent.Nothing());
            }

            if (together.Count > 0)
            {
                much = together.Count >= AtOnce || (much && time.GetElapsedTime(sent) < MuchFor);
                await send(together, cancellationToken);
                sent = time.GetTimestamp();
            }

            // Counts are due at the end of the second, whether something happens or not.
            await ((Task)waiting).WaitAsync(stream.RestOfSecond, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (waiting.IsCompleted)
            {
                if (!await waiting)
                {
                    return;
                }

                waiting = stream.Told.WaitToReadAsync(cancellationToken).AsTask();
                if (much)
                {
                    // What comes in rows goes in rows.
                    await Task.Delay(Together, time, cancellationToken);
                }
            }
        }
    }

    private List<Sent> Gather()
    {
        var together = new List<Sent>();
        if (stream.TakeMissing())
        {
            together.Add(new Sent.Resync());
        }

        while (stream.Told.TryRead(out var one))
        {
            together.Add(one);
        }

        return together;
    }
}
