using Escapement.Scheduling;

namespace Escapement.Installs;

/// <summary>What is to become of an install, decided by what its transaction finds; the store writes it.</summary>
internal sealed record InstallChange
{
    private InstallChange()
    {
    }

    /// <summary>The install as it is to be; null when the change is refused.</summary>
    public Install? After { get; private init; }

    /// <summary>Whether the failures in a row of its schedules are counted from none again.</summary>
    public bool ResetsFailures { get; private init; }

    /// <summary>What each of its schedules becomes, where more of them changes than their failures; null when nothing does.</summary>
    public Func<Schedule, Schedule>? Follow { get; private init; }

    /// <summary>What changed, for the audit.</summary>
    public string? Detail { get; private init; }

    /// <summary>Why it is refused; empty when it is not.</summary>
    public IReadOnlyList<Problem> Problems { get; private init; } = [];

    public static InstallChange To(Install after, string detail, bool resetsFailures = false, Func<Schedule, Schedule>? follow = null) =>
        new() { After = after, Detail = detail, ResetsFailures = resetsFailures, Follow = follow };

    public static InstallChange Refuse(IReadOnlyList<Problem> problems) => new() { Problems = problems };
}
