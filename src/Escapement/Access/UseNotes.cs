using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement.Access;

/// <summary>Notes when things are used, to the minute, and tells the store once a minute: no request waits for it.</summary>
internal abstract partial class UseNotes(
    Func<IReadOnlyList<TokenUse>, CancellationToken, ValueTask> write, string things, TimeProvider time, ILogger logger) : IHostedService, IDisposable
{
    /// <summary>How long a use waits before it is written.</summary>
    public static readonly TimeSpan Each = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> unwritten = new();
    private ITimer? timer;
    private Task writing = Task.CompletedTask;

    /// <summary>Notes that one was used now.</summary>
    public void Note(Guid id)
    {
        var now = time.GetUtcNow();
        unwritten[id] = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
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
            await write([.. uses.OrderBy(u => u.Key).Select(u => new TokenUse(u.Key, u.Value))], cancellationToken);
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

/// <summary>When tokens are used.</summary>
internal sealed class TokenUses(ITokenStore store, TimeProvider time, ILogger<TokenUses> logger) : UseNotes(store.NoteUsesAsync, "tokens", time, logger);

/// <summary>When sessions are used.</summary>
internal sealed class SessionUses(ISessionStore store, TimeProvider time, ILogger<SessionUses> logger)
    : UseNotes(store.NoteUsesAsync, "sessions", time, logger);
