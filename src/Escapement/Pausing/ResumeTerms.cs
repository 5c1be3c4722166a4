using Escapement.Scheduling;

namespace Escapement.Pausing;

/// <summary>How somebody has a pause end.</summary>
/// <param name="OnEnd">What becomes of what it kept from starting; null for what the pause says.</param>
internal sealed record ResumeTerms(PauseEnd? OnEnd)
{
    /// <summary>What they were shown, which is what is to be done; null when they were not.</summary>
    public ShownResume? Shown { get; init; }

    /// <summary>Whether the layer is as they saw it; null when they did not say.</summary>
    public Func<Pause?, bool>? Expected { get; init; }

    /// <summary>Whether a pause, or none, is what they saw.</summary>
    public bool IsExpected(Pause? current) => (Shown is null || current?.Id == Shown.Pause) && Expected?.Invoke(current) != false;

    /// <summary>The end that was shown.</summary>
    public static ResumeTerms Of(ShownResume shown) => new(shown.OnEnd) { Shown = shown };
}

/// <summary>An end of a pause that somebody was shown.</summary>
/// <param name="Pause">The pause; its id.</param>
/// <param name="At">As of when.</param>
/// <param name="OnEnd">What becomes of what it kept from starting.</param>
internal sealed record ShownResume(Guid Pause, DateTimeOffset At, PauseEnd OnEnd);
