namespace Escapement.Scheduling;

/// <summary>A parsed expression: bit n of a field is set when the value n matches.</summary>
internal readonly record struct CronFields(ulong Minutes, ulong Hours, ulong DaysOfMonth, ulong Months, ulong DaysOfWeek)
{
    /// <summary>Whether the expression matches on a date; the grammar lets at most one of the day fields restrict it.</summary>
    public bool MatchesDate(DateOnly date) =>
        Has(Months, date.Month) && Has(DaysOfMonth, date.Day) && Has(DaysOfWeek, (int)date.DayOfWeek);

    /// <summary>Whether any date can match: a day that no chosen month has, not even February of a leap year, never comes.</summary>
    public bool CanMatchADate()
    {
        for (var month = 1; month <= 12; month++)
        {
            if (Has(Months, month) && (DaysOfMonth & DaysUpTo(LongestLength(month))) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether there are two matching dates of which one is the day after the other, in any year.</summary>
    public bool CanMatchTwoDaysRunning()
    {
        if (DaysOfWeek != EveryWeekday)
        {
            // Every month is long enough to hold each pair of neighbouring weekdays.
            var next = ((DaysOfWeek << 1) | (DaysOfWeek >> 6)) & EveryWeekday;
            return (DaysOfWeek & next) != 0;
        }

        for (var month = 1; month <= 12; month++)
        {
            if (!Has(Months, month))
            {
                continue;
            }

            var inMonth = DaysOfMonth & DaysUpTo(LongestLength(month));
            var endsOnMatch = Has(inMonth, LongestLength(month)) || (month == 2 && Has(inMonth, 28));
            if ((inMonth & (inMonth >> 1)) != 0 || (endsOnMatch && Has(DaysOfMonth, 1) && Has(Months, (month % 12) + 1)))
            {
                return true;
            }
        }

        return false;
    }

    internal static bool Has(ulong field, int value) => (field >> value & 1) != 0;

    private const ulong EveryWeekday = 0b111_1111;

    private static int LongestLength(int month) => DateTime.DaysInMonth(2024, month);

    private static ulong DaysUpTo(int last) => (1UL << (last + 1)) - 2;
}
