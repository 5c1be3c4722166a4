using Escapement.Scheduling;
using Xunit;

namespace Escapement.Tests.Scheduling;

public sealed class CronTests
{
    private static readonly Dictionary<string, CronVerdict> Words = new()
    {
        ["too-long"] = CronVerdict.TooLong,
        ["field-count"] = CronVerdict.FieldCount,
        ["characters"] = CronVerdict.Characters,
        ["dom-and-dow"] = CronVerdict.DayOfMonthAndDayOfWeek,
        ["syntax"] = CronVerdict.Syntax,
        ["never"] = CronVerdict.Never,
        ["too-frequent"] = CronVerdict.TooFrequent,
        ["ok"] = CronVerdict.Ok,
    };

    [Fact]
    public void Check_EveryVector_GivesItsVerdict()
    {
        var vectors = Vectors.Verdicts();

        Assert.Equal(300, vectors.Count);
        Assert.All(vectors, v => Assert.Equal(Words[v.VerdictWord], Cron.Check(v.Cron).Verdict));
    }

    [Theory]
    [InlineData("60 * * * *", "Invalid cron expression: minute \"60\" is outside 0-59")]
    [InlineData("0 0 * * 7", "Invalid cron expression: day of week \"7\" is outside 0-6")]
    [InlineData("0 22-2 * * *", "Invalid cron expression: hour \"22-2\" is a reversed range")]
    [InlineData("*/0 * * * *", "Invalid cron expression: minute \"*/0\" has a step outside 1-59")]
    [InlineData("0 0 */32 * *", "Invalid cron expression: day of month \"*/32\" has a step outside 1-31")]
    [InlineData("1,,2 * * * *", "Invalid cron expression: minute has an empty item")]
    [InlineData("0 0 1, * *", "Invalid cron expression: day of month has an empty item")]
    [InlineData("99999999999 * * * *", "Invalid cron expression: minute \"99999999999\" is outside 0-59")]
    [InlineData("1/2/3 * * * *", "Invalid cron expression: minute \"1/2/3\" needs a number after the slash")]
    [InlineData("0 0 * JAN *", "Invalid cron expression (unsupported characters): month \"JAN\"; only 0-9 * / , - may be used")]
    [InlineData("0 0 30 2 *", "Cron never matches a date: no month of \"2\" has a day of \"30\"")]
    [InlineData("*/7 * * * *", "Cron too frequent (minimum interval is 5 minutes): 00:56 and 01:00 are 4 minutes apart")]
    [InlineData("0,59 0,23 * * *", "Cron too frequent (minimum interval is 5 minutes): 23:59 and 00:00 the next day are 1 minute apart")]
    [InlineData("* 3 * * *", "Cron too frequent (minimum interval is 5 minutes): 03:00 and 03:01 are 1 minute apart")]
    [InlineData("@daily", "Invalid cron expression (expected 5 fields: m h dom mon dow)")]
    [InlineData("0 0 1 * 1", "Cron cannot set both day-of-month and day-of-week")]
    public void Check_Wrong_SaysWhere(string cron, string message) =>
        Assert.Equal(message, Cron.Check(cron).Message);

    [Theory]
    [InlineData("  */5 * * * *  ", "*/5 * * * *")]
    [InlineData("0\t9\t*\n*\r\n*", "0 9 * * *")]
    public void Check_WhiteSpace_BecomesSingleSpaces(string cron, string stored) =>
        Assert.Equal(stored, Cron.Check(cron).Text);

    [Fact]
    public void Check_WhiteSpaceAround_DoesNotCountAsLength() =>
        Assert.Equal(CronVerdict.Ok, Cron.Check(new string(' ', 200) + "*/5 * * * *" + new string('\n', 200)).Verdict);

    [Fact]
    public void Check_Null_IsFieldCount() =>
        Assert.Equal(CronVerdict.FieldCount, Cron.Check(null).Verdict);

    [Theory]
    [InlineData(128, nameof(CronVerdict.Ok))]
    [InlineData(129, nameof(CronVerdict.TooLong))]
    public void Check_AtTheLongest_IsOk(int length, string verdict)
    {
        const string Rest = " 9 * * *";
        var minutes = new string('0', length - Rest.Length);

        Assert.Equal(verdict, Cron.Check(minutes + Rest).Verdict.ToString());
    }
}
