using System.Buffers;
using System.Globalization;

namespace Escapement.Scheduling;

/// <summary>The cron grammar of contract section 3: five fields, and one verdict per expression.</summary>
internal static class Cron
{
    /// <summary>The longest expression, in characters, without white space around it.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789*/,-");

    /// <summary>Judges an expression. Costs about a microsecond, whatever the expression.</summary>
    /// <param name="expression">As a caller gave it; white space of any kind separates the fields. Null counts as empty.</param>
    public static CronCheck Check(string? expression)
    {
        expression = expression?.Trim() ?? "";
        if (expression.Length > MaxLength)
        {
            return new CronCheck(CronVerdict.TooLong, null, ScheduleMessages.CronTooLong);
        }

        var fields = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != CronFieldRange.All.Count)
        {
            return new CronCheck(CronVerdict.FieldCount, null, ScheduleMessages.CronFieldCount);
        }

        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].AsSpan().ContainsAnyExcept(Allowed))
            {
                return new CronCheck(CronVerdict.Characters, null,
                    $"{ScheduleMessages.CronCharacters}: {CronFieldRange.All[i].Name} {Excerpt.Of(fields[i])}; only 0-9 * / , - may be used");
            }
        }

        if (fields[2] != "*" && fields[4] != "*")
        {
            return new CronCheck(CronVerdict.DayOfMonthAndDayOfWeek, null, ScheduleMessages.CronDayOfMonthAndDayOfWeek);
        }

        Span<ulong> values = stackalloc ulong[CronFieldRange.All.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            if (CronFieldRange.All[i].Read(fields[i], out values[i]) is { } fault)
            {
                return new CronCheck(CronVerdict.Syntax, null, $"{ScheduleMessages.CronInvalid}: {fault}");
            }
        }

        var parsed = new CronFields(values[0], values[1], values[2], values[3], values[4]);
        return JudgeTimes(parsed, fields);
    }

    private static CronCheck JudgeTimes(CronFields parsed, string[] fields)
    {
        if (!parsed.CanMatchADate())
        {
            return new CronCheck(CronVerdict.Never, null,
                $"{ScheduleMessages.CronNever}: no month of \"{fields[3]}\" has a day of \"{fields[2]}\"") { Fields = parsed };
        }

        if (MinimumInterval.FirstTooClose(parsed) is { } pair)
        {
            var nextDay = pair.Second < pair.First ? " the next day" : "";
            var apart = pair.Minutes == 1 ? "1 minute" : $"{pair.Minutes} minutes";
            return new CronCheck(CronVerdict.TooFrequent, null, string.Create(CultureInfo.InvariantCulture,
                $"{ScheduleMessages.CronTooFrequent}: {pair.First:HH:mm} and {pair.Second:HH:mm}{nextDay} are {apart} apart")) { Fields = parsed };
        }

        return new CronCheck(CronVerdict.Ok, string.Join(' ', fields), null) { Fields = parsed };
    }
}
