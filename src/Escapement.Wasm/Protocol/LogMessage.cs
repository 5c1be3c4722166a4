using System.Text;
using Escapement.Runs;

namespace Escapement.Wasm.Protocol;

/// <summary>Lines that a guest has logged. Their times are distances from the call's start: what a worker's clock says is only believed so far.</summary>
internal static class LogMessage
{
    private static readonly string[] Levels = ["info", "warn", "error", "stdout", "stderr"];

    public static WireWriter Write(WireWriter writer, IReadOnlyList<GuestLogLine> lines, DateTimeOffset startedAt)
    {
        writer.Int(lines.Count);
        foreach (var line in lines)
        {
            writer.Long(Math.Max(0, (line.At - startedAt).Ticks)).Byte((byte)Array.IndexOf(Levels, line.Level)).Text(line.Message);
        }

        return writer;
    }

    /// <summary>Adds the lines to those that a call has already; together they are within the limits, or the worker says what it must not.</summary>
    public static void Read(ref WireReader reader, List<GuestLogLine> lines, WasmSandboxOptions options, DateTimeOffset startedAt)
    {
        var count = reader.Count(13);
        Bounds.Within(lines.Count + count, options.MaxLogLines);
        var size = lines.Sum(l => (long)Encoding.UTF8.GetByteCount(l.Message));
        for (; count > 0; count--)
        {
            var at = startedAt + new TimeSpan(Bounds.Within(reader.Long(), TimeSpan.TicksPerDay));
            var level = Levels[(int)Bounds.Within(reader.Byte(), Levels.Length - 1)];
            var message = reader.Text(options.MaxLogLineChars);
            size = Bounds.Within(size + Encoding.UTF8.GetByteCount(message), options.MaxLogBytes);
            lines.Add(new GuestLogLine(at, level, message));
        }
    }
}
