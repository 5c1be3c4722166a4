using System.Globalization;

namespace Escapement;

/// <summary>How instants are written for extensions, admins and logs: ISO 8601, UTC, milliseconds, <c>Z</c> (contract section 3).</summary>
internal static class Timestamps
{
    /// <summary>Writes an instant.</summary>
    public static string Format(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
