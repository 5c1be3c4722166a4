using System.Globalization;
using Escapement.Bench;
using Escapement.Bench.Peers;

const string Usage = """
    peers --connection "Host=..;Database=..;Username=.." [--runs 3] [--quartz-jobs 5000] [--hangfire-jobs 1000]

    Runs Escapement, Quartz.NET and Hangfire one after another on one PostgreSQL, each with a node of its own and an empty database,
    and prints a Markdown table of what each did and of the ratios. The user must be able to create databases.
    """;

int Take(string flag, int otherwise)
{
    var at = Array.IndexOf(args, flag);
    if (at < 0)
    {
        return otherwise;
    }

    var value = int.Parse(args[at + 1], CultureInfo.InvariantCulture);
    args = [.. args[..at], .. args[(at + 2)..]];
    return value;
}

BenchOptions options;
int quartzJobs, hangfireJobs;
try
{
    (quartzJobs, hangfireJobs) = (Take("--quartz-jobs", 5_000), Take("--hangfire-jobs", 1_000));
    options = BenchOptions.Read(["--store", "postgres", .. args]);
}
catch (Exception e) when (e is ArgumentException or FormatException or IndexOutOfRangeException)
{
    Console.Error.WriteLine($"{e.Message}\n\n{Usage}");
    return 2;
}

var figures = new Figures();
for (var i = 0; i < options.Runs; i++)
{
    var own = await OwnRun.OfAsync(options);
    Console.Error.WriteLine($"Escapement: {own}");
    List<(IPeer Peer, int Jobs)> peers =
    [
        (new QuartzPeer(threads: 20, withinLock: true, prepared: 0), quartzJobs),
        (new QuartzPeer(threads: 100, withinLock: false, prepared: 200), quartzJobs),
        (new HangfirePeer(), hangfireJobs),
    ];
    var runs = new List<PeerRun>();
    foreach (var (peer, jobs) in peers)
    {
        runs.Add(await PeerRun.OfAsync(peer, options.Connection!, jobs));
        Console.Error.WriteLine($"{peer.Name}, {jobs} jobs: {runs[^1]}");
    }

    figures.Add(Rows("Escapement, burst of 5,000, then 100,000", own));
    foreach (var ((peer, jobs), run) in peers.Zip(runs))
    {
        figures.Add(Rows(string.Create(CultureInfo.InvariantCulture, $"{peer.Name}, {jobs:#,0} jobs"), run));
    }

    // The better of the two ways to set Quartz.NET, figure by figure.
    var (quartz, hangfire) = (runs.Take(2).ToList(), runs[2]);
    figures.Add(
    [
        new Figure("sustained firing, times Quartz.NET", own.FiresPerSecond / quartz.Max(q => q.FiresPerSecond), 20, AtMost: false),
        new Figure("sustained firing, times Hangfire", own.FiresPerSecond / hangfire.FiresPerSecond, 100, AtMost: false),
        new Figure("creates, times Quartz.NET", own.CreatesPerSecond / quartz.Max(q => q.CreatesPerSecond)),
        new Figure("creates, times Hangfire", own.CreatesPerSecond / hangfire.CreatesPerSecond),
        new Figure("p99 late in a burst, Quartz.NET as times of Escapement", quartz.Min(q => q.P99LateMs) / own.P99LateMs),
        new Figure("p99 late in a burst, Hangfire (fewer jobs) as times of Escapement", hangfire.P99LateMs / own.P99LateMs),
    ]);
}

Console.WriteLine(Figures.Header);
foreach (var row in figures.Rows())
{
    Console.WriteLine(row);
}

return 0;

static IEnumerable<Figure> Rows(string who, PeerRun run) =>
[
    new Figure($"{who}: fires a second", run.FiresPerSecond),
    new Figure($"{who}: p99 late in a burst, ms", run.P99LateMs),
    new Figure($"{who}: creates a second, 16 callers", run.CreatesPerSecond),
];
