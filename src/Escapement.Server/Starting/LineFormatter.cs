using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Escapement.Server.Starting;

/// <summary>
/// One line an entry, whatever is in it: names of components, headers, paths and errors come from outside, and none of them may begin a line of
/// its own or write to the operator's terminal. Here and nowhere else, so that no message can forget it.
/// </summary>
internal sealed class LineFormatter : ConsoleFormatter
{
    public const string FormatterName = "escapement";

    public LineFormatter()
        : base(FormatterName)
    {
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var line = new StringBuilder()
            .Append(TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture))
            .Append(Word(logEntry.LogLevel))
            .Append(": ").Append(logEntry.Category)
            .Append('[').Append(logEntry.EventId.Id.ToString(CultureInfo.InvariantCulture)).Append("] ");
        Escape(message, line);
        if (logEntry.Exception is { } exception)
        {
            Escape(" " + exception, line);
        }

        textWriter.WriteLine(line.ToString());
    }

    /// <summary>Appends a text with what is not to be printed written out: <c>\n</c>, <c>\u001b</c>.</summary>
    internal static void Escape(string text, StringBuilder line)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsUnprintable(rune))
            {
                line.Append(rune.ToString());
            }
            else if (rune.Value is '\n' or '\r')
            {
                line.Append(rune.Value == '\n' ? "\\n" : "\\r");
            }
            else
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            }
        }
    }

    // Controls, what ends a line in some viewers, and what turns the direction of writing or hides: a line would look like another.
    private static bool IsUnprintable(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format;

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
