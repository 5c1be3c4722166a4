using System.Globalization;
using System.Numerics;
using Escapement.Scheduling;

namespace Escapement.Foresight;

/// <summary>Says an expression in words: "At 09:00 on Monday to Friday".</summary>
internal static class CronWords
{
    // More than so many times are said by their pattern.
    private const int MostNamed = 6;

    private static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    public static string Of(CronFields fields)
    {
        var dates = Dates(fields);
        return Times(fields) + (dates.Length > 0 ? " " + dates : IsDaily(fields) ? " every day" : "");
    }

    private static string Times(CronFields fields)
    {
        var (minutes, hours) = (Values(fields.Minutes), Values(fields.Hours));
        if (minutes.Count * hours.Count <= MostNamed)
        {
            return "At " + Join([.. hours.SelectMany(h => minutes.Select(m => Clock(h, m)))]);
        }

        var hour = hours.Count == 24 ? "every hour" : "the hour";
        var past = minutes switch
        {
            [0] when hours.Count == 24 => "Every hour, on the hour",
            [0] => "On the hour",
            [1] => $"At 1 minute past {hour}",
            [var one] => $"At {Number(one)} minutes past {hour}",
            _ when Step(minutes, 60) is 1 && minutes[0] == 0 => "Every minute",
            _ when Step(minutes, 60) is 1 => $"Every minute, from {Number(minutes[0])} past the hour on",
            _ when Step(minutes, 60) is { } step && minutes[0] == 0 => $"Every {Number(step)} minutes",
            _ when Step(minutes, 60) is { } step => $"Every {Number(step)} minutes, from {Number(minutes[0])} past the hour on",
            _ => $"At {Join([.. minutes.Select(Number)])} minutes past {hour}",
        };
        return hours.Count == 24 ? past : $"{past}, {HoursOf(hours)}";
    }

    private static string HoursOf(IReadOnlyList<int> hours) =>
        hours[^1] - hours[0] == hours.Count - 1 ? $"from {Clock(hours[0], 0)} to {Clock(hours[^1], 59)}"
        : Step(hours, 24) is { } step ? $"every {Number(step)} hours from {Clock(hours[0], 0)} on"
        : $"in the hours of {Join([.. hours.Select(h => Clock(h, 0))])}";

    private static string Dates(CronFields fields)
    {
        var parts = new List<string>();
        if (Values(fields.DaysOfWeek) is { Count: < 7 } days)
        {
            parts.Add("on " + (days.Count > 2 && days[^1] - days[0] == days.Count - 1
                ? $"{Days[days[0]]} to {Days[days[^1]]}"
                : Join([.. days.Select(d => Days[d])])));
        }

        if (Values(fields.DaysOfMonth) is { Count: < 31 } dates)
        {
            parts.Add(dates.Count > 2 && dates[^1] - dates[0] == dates.Count - 1
                ? $"on the {Ordinal(dates[0])} to the {Ordinal(dates[^1])}"
                : $"on the {Join([.. dates.Select(Ordinal)])}");
        }

        if (Values(fields.Months) is { Count: < 12 } months)
        {
            var names = months.Select(m => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(m)).ToList();
            parts.Add("in " + (months.Count > 2 && months[^1] - months[0] == months.Count - 1 ? $"{names[0]} to {names[^1]}" : Join(names)));
        }

        return string.Join(' ', parts);
    }

    private static bool IsDaily(CronFields fields) =>
        BitOperations.PopCount(fields.Minutes) * BitOperations.PopCount(fields.Hours) <= MostNamed;

    private static List<int> Values(ulong field) => [.. Enumerable.Range(0, 64).Where(v => CronFields.Has(field, v))];

    // The distance of values that are equally far apart and go on to the end of the field.
    private static int? Step(IReadOnlyList<int> values, int end)
    {
        if (values.Count < 2)
        {
            return null;
        }

        var step = values[1] - values[0];
        return values.Zip(values.Skip(1), (a, b) => b - a).All(d => d == step) && values[^1] + step >= end ? step : null;
    }

    private static string Clock(int hour, int minute) => string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Ordinal(int number) => Number(number) + (number % 100 is >= 11 and <= 13 ? "th" : (number % 10) switch
    {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    });

    private static string Join(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";
}
