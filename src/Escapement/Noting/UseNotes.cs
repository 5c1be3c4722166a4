using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement.Noting;

/// <summary>Notes when things are used, to the minute, and tells the store once a minute: nobody who uses them waits for it.</summary>
/// <typeparam name="T">What names a thing; they are written in its order, which is the same on every node.</typeparam>
internal abstract partial class UseNotes<T>(
    Func<IReadOnlyList<Use<T>>, CancellationToken, ValueTask> write, string things, TimeProvider time, ILogger logger) : IHostedService, IDisposable
    where T : struct, IComparable<T>
{
    /// <summary>How long a use waits before it is written.</summary>
    public static readonly TimeSpan Each = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<T, DateTimeOffset> unwritten = new();
    private ITimer? timer;
    private Task writing = Task.CompletedTask;

    /// <summary>The instant that it goes by.</summary>
    protected DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Notes that one was used now.</summary>
    public void Note(T thing)
    {
        var now = Now;
        unwritten[thing] = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        timer = time.CreateTimer(_ => WriteUnlessWriting(), state: null, Each, Each);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        await writing.WaitAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    public void Dispose()
    {
        timer?.Dispose();
        GC.SuppressFinalize(this);
    }

    // The timer does not wait for a store that takes longer than a minute.
    private void WriteUnlessWriting()
    {
        if (writing.IsCompleted)
        {
            writing = WriteAsync(CancellationToken.None);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var uses = unwritten.ToArray();
        if (uses.Length == 0)
        {
            return;
        }

        try
        {
            await write([.. uses.OrderBy(u => u.Key).Select(u => new Use<T>(u.Key, u.Value))], cancellationToken);
        }
#pragma warning disable CA1031 // nothing waits for this, so nobody else would be told
        catch (Exception e)
#pragma warning restore CA1031
        {
            NotWritten(uses.Length, things, e.Message);
            return;
        }

        foreach (var use in uses)
        {
            unwritten.TryRemove(use);
        }
    }

    [LoggerMessage(
        LogEvents.UsesNotWritten,
        LogLevel.Warning,
        "When {Count} {Things} were last used could not be written, and is tried again in a minute: {Problem}")]
    private partial void NotWritten(int count, string things, string problem);
}

/// <summary>That something was used.</summary>
/// <param name="Of">The thing.</param>
/// <param name="At">When, to the minute.</param>
internal readonly record struct Use<T>(T Of, DateTimeOffset At);
