using System.Text.Json;
using Escapement.Runs;

namespace Escapement.Faults.Tests.Checking;

/// <summary>Reads what the sandboxes of all nodes wrote down.</summary>
internal static class CallFiles
{
    public static Evidence Read(IEnumerable<(string Node, string File)> files, Evidence evidence)
    {
        var calls = new List<Call>();
        var made = new List<Guid>();
        var stalls = new List<Trouble>();
        foreach (var (node, file) in files.Where(f => File.Exists(f.File)))
        {
            var open = new Dictionary<(string, int), int>();
            foreach (var line in Lines(file))
            {
                switch (line.Kind)
                {
                    case CallLine.Kinds.Start:
                        open[(line.Key!, line.Attempt)] = calls.Count;
                        var trigger = line.Trigger == "run-now" ? RunTrigger.RunNow : RunTrigger.Schedule;
                        calls.Add(new Call(line.Key!, line.Schedule!, line.DueAt!, trigger, line.Attempt, node, line.At, null, null));
                        break;
                    case CallLine.Kinds.End:
                        var at = open[(line.Key!, line.Attempt)];
                        calls[at] = calls[at] with { End = line.At, Result = line.Result };
                        break;
                    case CallLine.Kinds.Created:
                        made.Add(Guid.Parse(line.Result!));
                        break;
                    case CallLine.Kinds.Stall:
                        stalls.Add(new Trouble("node stood still", node, line.Since!.Value, line.At));
                        break;
                    default:
                        throw new InvalidOperationException($"A line of a kind that nobody knows: {line.Kind}");
                }
            }
        }

        return evidence with { Calls = calls, MadeByGuests = made, Stalls = stalls };
    }

    // A process that is killed in the middle of a line has not begun what the line tells of.
    private static List<CallLine> Lines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(l => JsonSerializer.Deserialize<CallLine>(l)!)];
    }
}
