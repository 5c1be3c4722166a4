namespace Escapement.Scheduling;

/// <summary>
/// Writes an expression so that Cronos reads what the contract says. Three differences are levelled out: Cronos takes day of
/// week up to 7, so <c>1/2</c> would run on to a second Sunday; it does not take <c>*</c> beside other items; and it does not
/// take numbers of many digits (<c>005</c>). Everything else stays as written, because Cronos decides by the form of the text
/// whether an expression keeps its rhythm when the clocks go back.
/// </summary>
internal static class CronosText
{
    public static string Of(string expression)
    {
        var fields = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', fields.Zip(CronFieldRange.All, Field));
    }

    private static string Field(string field, CronFieldRange range)
    {
        var items = field.Split(',');
        return items.Contains("*") ? "*" : string.Join(',', items.Select(item => Item(item, range, items.Length == 1)));
    }

    private static string Item(string item, CronFieldRange range, bool isAlone)
    {
        var parts = item.Split('/');
        var span = string.Join('-', parts[0].Split('-').Select(Number));
        if (parts.Length == 1)
        {
            return span;
        }

        if (span == "*")
        {
            span = isAlone ? "*" : $"{range.First}-{range.Last}";
        }
        else if (!span.Contains('-', StringComparison.Ordinal))
        {
            span = $"{span}-{range.Last}";
        }

        return $"{span}/{Number(parts[1])}";
    }

    private static string Number(string digits)
    {
        var trimmed = digits.TrimStart('0');
        return trimmed.Length == 0 ? "0" : trimmed;
    }
}
