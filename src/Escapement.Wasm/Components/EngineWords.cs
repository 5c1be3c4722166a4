using System.Globalization;
using System.Text.RegularExpressions;

namespace Escapement.Wasm.Components;

/// <summary>
/// What the engine says of a component that asks for more than a guest may have, in words for its author. The engine tells it by text only, so each phrase
/// here has a test with a real component.
/// </summary>
internal static partial class EngineWords
{
    private const int PageBytes = 64 << 10;

    /// <summary>Which limit it does not keep to; null when it is something else.</summary>
    public static string? OfLimit(string message, long memoryLimit)
    {
        if (MemorySize().Match(message) is { Success: true } memory)
        {
            var bytes = memory.Groups["pages"] is { Success: true } pages ? Number(pages) * PageBytes : Number(memory.Groups["bytes"]);
            return Said($"It asks for {Math.Ceiling(bytes / 1024.0 / 1024.0):N0} MiB of memory at its start, and a guest may have {memoryLimit >> 20:N0} MiB");
        }

        if (TableSize().Match(message) is { Success: true } table)
        {
            return Said($"It asks for a table of {Number(table.Groups["n"]):N0} elements at its start, and one may have {EngineSettings.ElementsPerTable:N0}");
        }

        return Instances().IsMatch(message) ? Said($"It is made of more core instances than the {EngineSettings.InstancesPerRun} that a component may have")
            : Memories().IsMatch(message) ? Said($"It has more memories than the {EngineSettings.MemoriesPerRun} that a component may have")
            : Tables().IsMatch(message) ? Said(
                $"It has more tables than the {EngineSettings.TablesPerRun} that a component, or the {EngineSettings.TablesPerModule} that a module may have")
            : null;
    }

    private static string Said(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Number(Group digits) => double.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("memory minimum size of (?<pages>[0-9]+) pages|memory has a minimum byte size of (?<bytes>[0-9]+)")]
    private static partial Regex MemorySize();

    [GeneratedRegex("table minimum size of (?<n>[0-9]+) elements|table index [0-9]+ has a minimum element size of (?<n>[0-9]+)")]
    private static partial Regex TableSize();

    [GeneratedRegex("instance count too high|core module instances, which exceeds")]
    private static partial Regex Instances();

    [GeneratedRegex("memory count too high|linear memories, which exceeds|memories count of [0-9]+ exceeds")]
    private static partial Regex Memories();

    [GeneratedRegex("table count too high|tables, which exceeds|tables count of [0-9]+ exceeds")]
    private static partial Regex Tables();
}
