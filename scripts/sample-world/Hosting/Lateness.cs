using Escapement.SampleWorld.Playing;

namespace Escapement.SampleWorld.Hosting;

/// <summary>How late the host comes to what is due: a few milliseconds, and more on days on which its machine was busy.</summary>
/// <param name="Busy">When it was.</param>
internal sealed record Lateness(IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Busy)
{
    /// <summary>When the host looks at what is due at an instant.</summary>
    public DateTimeOffset Of(DateTimeOffset due)
    {
        var draws = new Draws($"late {due.UtcTicks}");
        var late = Busy.Any(b => b.From <= due && due < b.To) ? draws.Between(4_000, 95_000) : draws.Between(3, 60);
        return due.AddMilliseconds(late);
    }
}
