using System.Text.Json;
using Escapement.Bench;
using Escapement.Bench.Scenarios;

const string Usage = """
    bench <scenario> [--store sqlite|postgres --connection "Host=..;Database=..;Username=.."] [--runs 3] [--connections 3]
          [--export nothing|metrics|all]

      burst       5,000 schedules due at one instant
      throughput  200,000 due, the engine and the bare loop of the same SQL (on PostgreSQL over --connections;
                  in the batch that is best, or --batch)
      create      20,000 creates through the host API from 16 callers
      lateness    1,000,000 schedules stored; 100 fires a second for 30 s, on PostgreSQL 200 on three nodes
      upgrade     1,000 installs with 50 schedules each, one after another
      idle        1,000,000 schedules stored, nothing due; the real server, on PostgreSQL three
      many        2,000 schedules of one install, paused, resumed and deleted as a change of many
      pause       100,000 schedules of a tenant, paused and resumed while they come due
      watched     100,000 due, with nobody watching and with 1,000 streams of events open
      nodes       100,000 due, one node and two (PostgreSQL)
      failover    kill -9 of a node in the middle of its runs (PostgreSQL)
      all         each of these

    With --export nodes send their metrics, or metrics and spans, by OTLP to this process, which throws them away.
    Every node is a process of its own. One JSON line a run goes to the error output, and a Markdown table of all to the output.
    """;

var scenarios = new Dictionary<string, (bool ManyNodes, Func<BenchOptions, Task<IEnumerable<Figure>>> RunAsync)>
{
    ["burst"] = (false, Burst.RunAsync),
    ["throughput"] = (false, Throughput.RunAsync),
    ["create"] = (false, Create.RunAsync),
    ["lateness"] = (false, Lateness.RunAsync),
    ["upgrade"] = (false, Upgrade.RunAsync),
    ["idle"] = (false, Idle.RunAsync),
    ["many"] = (false, Many.RunAsync),
    ["pause"] = (false, PausedTenant.RunAsync),
    ["watched"] = (false, Watched.RunAsync),
    ["nodes"] = (true, TwoNodes.RunAsync),
    ["failover"] = (true, Failover.RunAsync),
};
BenchOptions options;
try
{
    options = BenchOptions.Read(args.AsSpan(Math.Min(1, args.Length)));
}
catch (ArgumentException e)
{
    Console.Error.WriteLine($"{e.Message}\n\n{Usage}");
    return 2;
}

if (args is ["node", ..])
{
    return await NodeProgram.RunAsync(options);
}

if (args is ["serving-node", ..])
{
    return await ServingNode.RunAsync(options);
}

var wanted = args is ["all", ..]
    ? scenarios.Where(s => options.Store == "postgres" || !s.Value.ManyNodes).Select(s => s.Key).ToArray()
    : args.Take(1).ToArray();
if (wanted.Length == 0 || wanted.Any(w => !scenarios.TryGetValue(w, out var scenario) || (scenario.ManyNodes && options.Store != "postgres")))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

await using var collector = Collector.For(options.Exporting);
var figures = new Figures();
foreach (var name in wanted)
{
    for (var i = 0; i < options.Runs; i++)
    {
        var run = (await scenarios[name].RunAsync(options)).ToList();
        Console.Error.WriteLine(JsonSerializer.Serialize(run.ToDictionary(f => f.Name, f => Math.Round(f.Value, 3))));
        figures.Add(run);
    }
}

Console.WriteLine(Figures.Header);
foreach (var row in figures.Rows())
{
    Console.WriteLine(row);
}

return 0;
