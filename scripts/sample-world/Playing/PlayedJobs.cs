using System.Globalization;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.SampleWorld.Cast;

namespace Escapement.SampleWorld.Playing;

/// <summary>Plays the extensions' endpoints: what they take, say and answer follows from the call alone.</summary>
internal sealed class PlayedJobs(DateTimeOffset start, IReadOnlyList<Trouble> troubles)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private static readonly string[] Upsets =
    [
        "the database of the shop did not answer within 5 s", "HTTP 503 from the partner: maintenance until the full hour", "connection reset by peer",
        "HTTP 429 from the partner: try again in 30 s", "the answer of the partner is no JSON (at character 1)",
    ];

    public Played Play(PlayedCall call)
    {
        if (SampleExtensions.FindJob(call.Extension, call.Endpoint) is not { } job)
        {
            return PlayCall(call);
        }

        var draws = new Draws($"{call.Tenant} {call.Extension} {call.Endpoint} {call.At.UtcTicks} {call.Attempt}");
        var takes = Takes(job, call, draws.Next());
        var count = draws.Between(job.Count / 2, (job.Count * 3 / 2) + 1);
        var opening = (TimeSpan.Zero, "info", $"{job.Name}: {call.At:yyyy-MM-dd HH:mm} UTC, version {call.Version}");
        if (troubles.FirstOrDefault(t => t.Meets(call)) is { } trouble)
        {
            return Failed(takes, opening, trouble.Status, trouble.Says);
        }

        // What failed once mostly works the next time.
        if (draws.Next() * 1_000 >= job.FailsOfThousand * (call.Attempt > 1 ? 20 : 1))
        {
            var said = string.Format(CultureInfo.InvariantCulture, job.Says, count);
            return new Played
            {
                Takes = takes,
                Text = $$"""{"ok":true,"count":{{count}}}""",
                Log = [opening, (takes * 0.9, "info", said)],
                Lists = job.Lists && call.At.DayOfWeek == DayOfWeek.Monday,
            };
        }

        return draws.Between(0, 12) switch
        {
            0 => new Played { Takes = TimeLimit, Failure = RunReason.TimeOut, Text = "The handler took longer than 30 s and was ended", Log = [opening] },
            1 => new Played
            {
                Takes = takes, Failure = RunReason.Trap, Text = "TypeError: cannot read properties of undefined (reading 'rows')", Log = [opening],
            },
            _ => Failed(takes, opening, 502, draws.Of(Upsets)),
        };
    }

    private static Played Failed(TimeSpan takes, (TimeSpan, string, string) opening, int status, string says) => new()
    {
        Takes = takes,
        Status = status,
        Text = $$"""{"error":"{{says}}"}""",
        Log = [opening, (takes * 0.9, "error", says)],
    };

    // In quarters of a second, so that what began together often ends together; what moves files takes longer as these grow in number.
    private TimeSpan Takes(Job job, PlayedCall call, double draw)
    {
        var years = (call.At - start).TotalDays / 365;
        var seconds = job.Seconds * (0.7 + (0.9 * draw * draw)) * (job.Grows ? 1 + years : 1);
        return TimeSpan.FromMilliseconds(Math.Min(Math.Max(1, Math.Round(seconds * 4)) * 250, 29_000));
    }

    // What the gateway brings: one endpoint with which an extension sets itself up, and one that cannot cope.
    private static Played PlayCall(PlayedCall call) => call.Endpoint == SampleExtensions.Setup
        ? new Played
        {
            Takes = TimeSpan.Zero,
            Lists = true,
            Creates = [.. SampleExtensions.Find(call.Extension).Jobs
                .Select(j => new ScheduleInput(j.Endpoint, j.Cron, Cities.ZoneOf(call.Tenant), Name: j.Name))],
        }
        : new Played
        {
            Takes = TimeSpan.FromMilliseconds(180),
            Status = 500,
            Text = """{"error":"no such report"}""",
            Log = [(TimeSpan.Zero, "error", "RangeError: month 13 of the report (at report.ts:41)")],
        };
}
