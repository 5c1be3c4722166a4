using System.Text;
using Microsoft.Extensions.Logging.Console;

namespace Escapement.Server.Starting;

/// <summary>One line an entry, UTF-8, times in UTC.</summary>
internal sealed class ConsoleLog
{
    // Both log what stops the start with a stack trace before they throw it; it is reported in one line instead.
    private static readonly string[] ReportedOtherwise = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    private volatile bool started;

    public static ConsoleLog AddTo(WebApplicationBuilder builder)
    {
        var log = new ConsoleLog();
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
        builder.Logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        foreach (var category in ReportedOtherwise)
        {
            builder.Logging.AddFilter(category, level => log.started && level >= LogLevel.Warning);
        }

        return log;
    }

    /// <summary>From the end of the start on, everything is logged.</summary>
    public void FollowFrom(WebApplication app) => app.Lifetime.ApplicationStarted.Register(() => started = true);
}
