using System.Diagnostics;
using System.Globalization;
using Escapement.Bench;
using Escapement.Extensions;
using Escapement.Scheduling;

// What the rules cost: dotnet run -c Release --project bench/Escapement.Bench.Rules
// Each line is the median of nine rounds, in microseconds a call, on one thread.

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var endpoints = Enumerable.Range(0, 10)
    .Select(i => new Endpoint(Guid.Empty, new DeclaredEndpoint("POST", $"/api/sync{i}", "sync", true)))
    .ToArray();
var limits = new ScheduleLimits();
var usual = new ScheduleInput("POST /api/sync9", "0 */6 * * *", "America/New_York", true, "Data Sync", """{"fullSync":false,"pages":[1,2,3]}""");
var hard = usual with { Cron = "0,5,10,15,20,25,30,35,40,45,50,55 0-23/1 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20 1,2,3,4,5,6,7,8,9,10,11,12 *" };
var wrong = new ScheduleInput("POST /none", "*/7 * * * *", "Mars/Base", true, new string('n', 129), "{");
var large = usual with { Payload = $"[{string.Join(',', Enumerable.Repeat("12345", 16_000))}]" };
var year = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
var calendar = OccurrenceCalendar.For("*/5 * * * *", "America/New_York");
var rare = OccurrenceCalendar.For("0 0 29 2 *", "America/New_York");

Measure("minimum interval and grammar", 20_000, () => Cron.Check(usual.Cron).Verdict == CronVerdict.Ok);
Measure("the same, a long expression", 20_000, () => Cron.Check(hard.Cron).Verdict == CronVerdict.Ok);
Measure("validate a usual create", 20_000, () => ScheduleValidator.CheckCreate(usual, endpoints, limits).FieldErrors.Count == 0);
Measure("validate a long expression", 20_000, () => ScheduleValidator.CheckCreate(hard, endpoints, limits).FieldErrors.Count == 0);
Measure("validate, every field wrong", 10_000, () => ScheduleValidator.CheckCreate(wrong, endpoints, limits).FieldErrors.Count > 0);
Measure("validate a payload of 96 kB", 200, () => ScheduleValidator.CheckCreate(large, endpoints, limits).FieldErrors.Count == 0);
Measure("next occurrence, */5 New York", 20_000, () => calendar.Next(year) is not null);
Measure("latest in a year, */5 New York", 2_000, () => calendar.Latest(year, year.AddYears(1)) is not null);
Measure("count a year, */5 New York", 100, () => calendar.Count(year, year.AddYears(1)) > 100_000);
Measure("latest in ten years, 29 Feb", 2_000, () => rare.Latest(year, year.AddYears(10)) is not null);

using var telling = new Telling();
Measure("telling of a fire, nobody listens", 200_000, telling.OfOneFire);

static void Measure(string what, int calls, Func<bool> call)
{
    var rounds = new double[9];
    for (var round = -3; round < rounds.Length; round++)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            if (!call())
            {
                throw new InvalidOperationException($"{what}: not the expected answer");
            }
        }

        if (round >= 0)
        {
            rounds[round] = Stopwatch.GetElapsedTime(started).TotalMicroseconds / calls;
        }
    }

    Array.Sort(rounds);
    Console.WriteLine($"{what,-34}{rounds[rounds.Length / 2],10:F3} us");
}
