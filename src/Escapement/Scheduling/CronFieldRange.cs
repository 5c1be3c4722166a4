using System.Globalization;

namespace Escapement.Scheduling;

/// <summary>One of the five places of an expression, with the values it takes, and the reading of what stands there.</summary>
internal sealed record CronFieldRange(string Name, int First, int Last)
{
    /// <summary>The five fields in their order.</summary>
    public static IReadOnlyList<CronFieldRange> All { get; } =
    [
        new("minute", 0, 59),
        new("hour", 0, 23),
        new("day of month", 1, 31),
        new("month", 1, 12),
        new("day of week", 0, 6),
    ];

    /// <summary>Reads a field: items joined by commas.</summary>
    /// <returns>Null and the values, or what is wrong with which item.</returns>
    public string? Read(ReadOnlySpan<char> text, out ulong values)
    {
        values = 0;
        foreach (var range in text.Split(','))
        {
            var item = text[range];
            if (ReadItem(item, ref values) is { } fault)
            {
                return item.IsEmpty ? $"{Name} has an empty item" : $"{Name} \"{item}\" {fault}";
            }
        }

        return null;
    }

    private string? ReadItem(ReadOnlySpan<char> item, ref ulong values)
    {
        if (item.IsEmpty)
        {
            return "is empty";
        }

        var step = 1;
        var slash = item.IndexOf('/');
        if (slash >= 0)
        {
            if (!TryNumber(item[(slash + 1)..], out step))
            {
                return "needs a number after the slash";
            }

            if (step < 1 || step > Last)
            {
                return $"has a step outside 1-{Last}";
            }
        }

        var span = slash >= 0 ? item[..slash] : item;
        int from, to;
        if (span is "*")
        {
            (from, to) = (First, Last);
        }
        else
        {
            var dash = span.IndexOf('-');
            if (!TryNumber(dash >= 0 ? span[..dash] : span, out from))
            {
                return "is not *, a number or a range";
            }

            to = slash >= 0 ? Last : from;
            if (dash >= 0 && !TryNumber(span[(dash + 1)..], out to))
            {
                return "is not *, a number or a range";
            }

            if (from < First || from > Last || to > Last)
            {
                return $"is outside {First}-{Last}";
            }

            if (to < from)
            {
                return "is a reversed range";
            }
        }

        for (var value = from; value <= to; value += step)
        {
            values |= 1UL << value;
        }

        return null;
    }

    // The expression's length bounds the digits; what overflows is out of every field's range all the same.
    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            number = int.MaxValue;
        }

        return true;
    }
}
