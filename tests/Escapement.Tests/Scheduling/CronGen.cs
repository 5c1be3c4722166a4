using CsCheck;
using Escapement.Scheduling;

namespace Escapement.Tests.Scheduling;

/// <summary>Expressions that keep the grammar, too frequent ones among them, and that match some date.</summary>
internal static class CronGen
{
    public static Gen<string> Valid { get; } =
        Gen.Select(Field(0, 59), Field(0, 23), Field(1, 31), Field(1, 12), Field(0, 6), Gen.Bool,
            (m, h, dom, mon, dow, byWeekday) => byWeekday ? $"{m} {h} * {mon} {dow}" : $"{m} {h} {dom} {mon} *")
        .Where(cron => Cron.Check(cron).Verdict is CronVerdict.Ok or CronVerdict.TooFrequent);

    private static Gen<string> Field(int first, int last)
    {
        var number = Gen.Int[first, last];
        var step = Gen.Int[1, last];
        var range = Gen.Select(number, number, (a, b) => $"{Math.Min(a, b)}-{Math.Max(a, b)}");
        var item = Gen.Frequency(
            (3, Gen.Const("*")),
            (4, number.Select(n => $"{n}")),
            (2, range),
            (2, step.Select(s => $"*/{s}")),
            (1, Gen.Select(number, step, (n, s) => $"{n}/{s}")),
            (1, Gen.Select(range, step, (r, s) => $"{r}/{s}")));
        return Gen.Frequency((3, item), (2, item.Array[2, 4].Select(items => string.Join(',', items))));
    }
}
