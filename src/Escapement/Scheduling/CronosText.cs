namespace Escapement.Scheduling;

/// <summary>
/// Writes an expression so that Cronos reads what the contract says. Two differences are levelled out: Cronos takes day of
/// week up to 7, so <c>1/2</c> would run on to a second Sunday, and it does not take numbers of many digits (<c>005</c>).
/// Everything else stays as written, because Cronos decides by the form of the text whether an expression keeps its rhythm
/// when the clocks go back.
/// </summary>
internal static class CronosText
{
    public static string Of(string expression)
    {
        var fields = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < fields.Length; i++)
        {
            var isDayOfWeek = i == fields.Length - 1;
            fields[i] = string.Join(',', fields[i].Split(',').Select(item => Item(item, isDayOfWeek)));
        }

        return string.Join(' ', fields);
    }

    private static string Item(string item, bool isDayOfWeek)
    {
        var parts = item.Split('/');
        parts[0] = string.Join('-', parts[0].Split('-').Select(Number));
        if (parts.Length == 1)
        {
            return parts[0];
        }

        var isOpenEnded = isDayOfWeek && parts[0] != "*" && !parts[0].Contains('-', StringComparison.Ordinal);
        return $"{parts[0]}{(isOpenEnded ? "-6" : "")}/{Number(parts[1])}";
    }

    private static string Number(string digits)
    {
        var trimmed = digits.TrimStart('0');
        return trimmed.Length == 0 ? "0" : trimmed;
    }
}
