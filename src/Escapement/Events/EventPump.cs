namespace Escapement.Events;

/// <summary>What is sent to one who watches.</summary>
internal abstract record Sent
{
    private Sent()
    {
    }

    /// <summary>Something is missing: they are to read again.</summary>
    public sealed record Resync : Sent;

    /// <summary>One thing happened.</summary>
    public sealed record One(HostEvent Event) : Sent;

    /// <summary>So many things happened that they are counted, by kind and by what.</summary>
    public sealed record Counts(IReadOnlyDictionary<(EventKind Kind, string What), int> Numbers) : Sent;

    /// <summary>Nothing happened for a while; the connection is still there.</summary>
    public sealed record Nothing : Sent;
}

/// <summary>Sends a stream on to the one who watches: so many events a second as they are, the rest as counts at the end of the second.</summary>
internal sealed class EventPump(EventStream stream, Func<Sent, CancellationToken, Task> send, Func<CancellationToken, Task<bool>> isLetIn, TimeProvider time)
{
    /// <summary>How many events a second are sent one by one.</summary>
    public const int EachSecond = 20;

    /// <summary>How often it is asked again whether the one who watches may.</summary>
    public static readonly TimeSpan AccessEach = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(15);

    private readonly Dictionary<(EventKind Kind, string What), int> counts = [];
    private int sentThisSecond;

    /// <summary>Goes on until the one who watches may not any more, or goes.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (second, asked, sent) = (time.GetTimestamp(), time.GetTimestamp(), time.GetTimestamp());
        var waiting = stream.Events.WaitToReadAsync(cancellationToken).AsTask();
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

            if (time.GetElapsedTime(second) >= Second)
            {
                second = time.GetTimestamp();
                sent = await EndSecondAsync(cancellationToken) ? second : sent;
            }

            if (stream.TakeMissing())
            {
                await send(new Sent.Resync(), cancellationToken);
                sent = time.GetTimestamp();
            }

            while (stream.Events.TryRead(out var happened))
            {
                sent = await TakeAsync(happened, cancellationToken) ? time.GetTimestamp() : sent;
            }

            if (time.GetElapsedTime(sent) >= QuietFor)
            {
                await send(new Sent.Nothing(), cancellationToken);
                sent = time.GetTimestamp();
            }

            // The second ends whether something happens or not.
            var rest = Second - time.GetElapsedTime(second);
            if (rest > TimeSpan.Zero)
            {
                await ((Task)waiting).WaitAsync(rest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (waiting.IsCompleted)
            {
                if (!await waiting)
                {
                    return;
                }

                waiting = stream.Events.WaitToReadAsync(cancellationToken).AsTask();
            }
        }
    }

    private async Task<bool> TakeAsync(HostEvent happened, CancellationToken cancellationToken)
    {
        if (happened.Count == 1 && sentThisSecond < EachSecond)
        {
            sentThisSecond++;
            await send(new Sent.One(happened), cancellationToken);
            return true;
        }

        var key = (happened.Kind, happened.What);
        counts[key] = counts.GetValueOrDefault(key) + happened.Count;
        return false;
    }

    private async Task<bool> EndSecondAsync(CancellationToken cancellationToken)
    {
        sentThisSecond = 0;
        if (counts.Count == 0)
        {
            return false;
        }

        var numbers = new Dictionary<(EventKind Kind, string What), int>(counts);
        counts.Clear();
        await send(new Sent.Counts(numbers), cancellationToken);
        return true;
    }
}
