using System.Diagnostics.CodeAnalysis;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Api;

/// <summary>Reads the instants <c>from</c> and <c>to</c> of a query.</summary>
internal static class TimeRange
{
    /// <summary>Reads one; what is absent is what it is to be without.</summary>
    public static bool TryRead(string field, string? text, DateTimeOffset otherwise, out DateTimeOffset at, [NotNullWhen(false)] out IResult? refusal)
    {
        (at, refusal) = (otherwise, null);
        if (text is not null && !Timestamps.TryParse(text, out at))
        {
            refusal = Refusal.BadRequest(field, $"{field} must be an instant, such as 2030-03-02T09:00:00Z");
            return false;
        }

        return true;
    }
}
