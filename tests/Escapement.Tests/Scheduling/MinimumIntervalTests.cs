using CsCheck;
using Escapement.Scheduling;
using Xunit;

namespace Escapement.Tests.Scheduling;

public sealed class MinimumIntervalTests
{
    [Fact]
    public void FirstTooClose_AnyExpression_EqualsAWalkOverEightYears() =>
        CronGen.Valid.Sample(cron => IsTooFrequentByWalk(Cron.Check(cron).Fields) == (Cron.Check(cron).Verdict == CronVerdict.TooFrequent), iter: 400);

    // The corners that random expressions seldom reach: last and first minutes, with days that are neighbours only now and then.
    [Fact]
    public void FirstTooClose_OverMidnight_EqualsAWalkOverEightYears()
    {
        string[] days = ["1", "28", "29", "28,29", "30,31", "1,28", "1,29", "1,30", "1,31", "31", "*/30", "27-28"];
        string[] months = ["*", "1", "2", "2,3", "1,12", "12", "4,5", "3", "*/2", "1,3"];
        foreach (var cron in days.SelectMany(d => months.Select(m => $"0,58 0,23 {d} {m} *"))
            .Concat(months.SelectMany(m => new[] { "0", "0,6", "1,2", "1,3,5", "6", "0-6" }.Select(d => $"0,58 0,23 * {m} {d}"))))
        {
            var check = Cron.Check(cron);
            Assert.True(check.Verdict == CronVerdict.Never || IsTooFrequentByWalk(check.Fields) == (check.Verdict == CronVerdict.TooFrequent), cron);
        }
    }

    // 2096 to 2104 has a leap year, and a year divisible by four that is none.
    private static bool IsTooFrequentByWalk(CronFields fields)
    {
        var times = Enumerable.Range(0, 1440).Where(t => CronFields.Has(fields.Hours, t / 60) && CronFields.Has(fields.Minutes, t % 60)).ToList();
        long? previous = null;
        for (var date = new DateOnly(2095, 1, 1); date.Year < 2105; date = date.AddDays(1))
        {
            if (!fields.MatchesDate(date))
            {
                continue;
            }

            foreach (var time in times)
            {
                var at = (date.DayNumber * 1440L) + time;
                if (at - previous < 5)
                {
                    return true;
                }

                previous = at;
            }
        }

        return false;
    }
}
