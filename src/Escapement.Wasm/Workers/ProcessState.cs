using System.Buffers.Text;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Escapement.Wasm.Workers;

/// <summary>What Linux says of a process in <c>/proc</c>, read again and again from one open file.</summary>
internal static class ProcessState
{
    // PF_EXITING and PF_SIGNALED of the kernel: it ends, or was ended by a signal and may be writing its memory to disk.
    private const long Ending = 0x4 | 0x400;

    // Signal 9 was sent and not taken yet.
    private const long Killed = 1 << 8;

    // Counted from behind the name, whose first is the state.
    private const int FlagsAt = 6;
    private const int PendingAt = 28;

    /// <summary>The file of the process's first thread, which is shorter than the process's own; null where there is none.</summary>
    public static SafeFileHandle? Open(int process)
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task/{process}/stat"))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a process of which the file says this has begun to end.</summary>
    public static bool IsEnding(ReadOnlySpan<byte> stat)
    {
        // The name is in brackets, and may have spaces and brackets of its own.
        var rest = stat[(stat.LastIndexOf((byte)')') + 1)..];
        var field = -2;
        foreach (var range in rest.Split((byte)' '))
        {
            var mask = ++field == FlagsAt ? Ending : field == PendingAt ? Killed : 0;
            if (mask != 0 && Utf8Parser.TryParse(rest[range], out long value, out _) && (value & mask) != 0)
            {
                return true;
            }
        }

        // Nothing is said of one that is gone.
        return stat.IsEmpty;
    }
}
