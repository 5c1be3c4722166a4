using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Escapement.PostgreSql.Tests;

/// <summary>What the store logged, and a way to wait for it.</summary>
internal sealed class RecordedLog : ILogger<PostgreSqlStore>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<(int Event, string Text)> entries = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> seen = new();

    public IEnumerable<string> Texts(int logEvent) => entries.Where(e => e.Event == logEvent).Select(e => e.Text);

    /// <summary>The first text of an event, once there is one.</summary>
    public Task<string> FirstAsync(int logEvent) => Seen(logEvent).Task.WaitAsync(Patience);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = $"{logLevel}: {formatter(state, exception)}";
        entries.Enqueue((eventId.Id, text));
        Seen(eventId.Id).TrySetResult(text);
    }

    private TaskCompletionSource<string> Seen(int logEvent) =>
        seen.GetOrAdd(logEvent, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
}
