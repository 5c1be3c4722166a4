using System.Text.Json;
using Escapement.Bench;

const string Usage = """
    bench <scenario> [--runs 3]     one JSON line a run

      burst       5,000 schedules due at one instant
      throughput  200,000 due, the engine and the bare loop of the same SQL
      lateness    100 fires a second for 30 s with 1,000,000 schedules stored
      idle        1,000,000 schedules stored, nothing due
      create      20,000 creates through the host API from 16 callers
      all         each of these
    """;

var scenarios = new Dictionary<string, Func<Task<object>>>
{
    ["burst"] = () => Scenarios.BurstAsync(5_000),
    ["throughput"] = () => Scenarios.ThroughputAsync(200_000),
    ["lateness"] = () => Scenarios.LatenessAsync(1_000_000, 100, 30),
    ["idle"] = () => Scenarios.IdleAsync(1_000_000),
    ["create"] = () => Scenarios.CreateAsync(20_000, 16),
};
var runs = args is [_, "--runs", var given] && int.TryParse(given, out var parsed) ? parsed : 3;
if (args.Length == 0 || (args[0] != "all" && !scenarios.ContainsKey(args[0])))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

foreach (var name in args[0] == "all" ? scenarios.Keys.ToArray() : [args[0]])
{
    for (var i = 0; i < runs; i++)
    {
        Console.WriteLine(JsonSerializer.Serialize(await scenarios[name]()));
    }
}

return 0;
