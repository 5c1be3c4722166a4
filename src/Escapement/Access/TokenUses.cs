using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement.Access;

/// <summary>Notes when tokens are used, to the minute, and tells the store once a minute: no request waits for it.</summary>
internal sealed partial class TokenUses(ITokenStore store, TimeProvider time, ILogger<TokenUses> logger) : IHostedService, IDisposable
{
    /// <summary>How long a use waits before it is written.</summary>
    public static readonly TimeSpan Each = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> unwritten = new();
    private ITimer? timer;
    private Task writing = Task.CompletedTask;

    /// <summary>Notes that a token was used now.</summary>
    public void Note(Guid token)
    {
        var now = time.GetUtcNow();
        unwritten[token] = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
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

    public void Dispose() => timer?.Dispose();

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
            await store.NoteUsesAsync([.. uses.OrderBy(u => u.Key).Select(u => new TokenUse(u.Key, u.Value))], cancellationToken);
        }
#pragma warning disable CA1031 // nothing waits for this, so nobody else would be told
        catch (Exception e)
#pragma warning restore CA1031
        {
            NotWritten(uses.Length, e.Message);
            return;
        }

        foreach (var use in uses)
        {
            unwritten.TryRemove(use);
        }
    }

    [LoggerMessage(
        LogEvents.TokenUsesNotWritten,
        LogLevel.Warning,
        "When {Count} tokens were last used could not be written, and is tried again in a minute: {Problem}")]
    private partial void NotWritten(int count, string problem);
}
