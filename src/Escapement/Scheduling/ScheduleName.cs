using System.Globalization;
using System.Text;

namespace Escapement.Scheduling;

/// <summary>The rule on names: trimmed, empty means none, at most 128 characters (contract section 3).</summary>
internal static class ScheduleName
{
    /// <summary>The longest name in Unicode characters, so that one outside the basic plane counts once.</summary>
    public const int MaxLength = 128;

    /// <summary>Reads a name; what is wrong with it, or null.</summary>
    public static string? Read(string given, out string? name)
    {
        name = null;
        var trimmed = given.Trim();
        var length = 0;
        for (var rest = trimmed.AsSpan(); !rest.IsEmpty; length++)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != System.Buffers.OperationStatus.Done || rune.Value == 0)
            {
                return $"{ScheduleMessages.NameNotText}: it holds half of a surrogate pair or a null character";
            }

            rest = rest[used..];
        }

        if (length > MaxLength)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{ScheduleMessages.NameTooLong}: {length} characters, at most {MaxLength} are allowed");
        }

        name = length == 0 ? null : trimmed;
        return null;
    }
}
