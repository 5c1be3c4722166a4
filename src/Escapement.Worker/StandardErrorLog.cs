using Microsoft.Extensions.Logging;

namespace Escapement.Worker;

/// <summary>Tells the host's operator what is wrong in this process; the host has logged what is wrong in itself.</summary>
internal sealed class StandardErrorLog : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && eventId.Id != LogEvents.GuestHostCallFailed)
        {
            Console.Error.WriteLine($"{formatter(state, exception)}: {exception}");
        }
    }
}
