namespace Escapement.Repeats;

/// <summary>
/// What was answered to a request that can be sent again. Never a secret: whoever asks again is told what there is, and not what was shown once.
/// </summary>
/// <param name="Request">To what.</param>
/// <param name="Status">The status.</param>
/// <param name="Location">Where what was made is shown; null for nowhere.</param>
/// <param name="Content">The answer's JSON.</param>
/// <param name="At">When.</param>
internal sealed record KeptAnswer(RepeatableRequest Request, int Status, string? Location, string Content, DateTimeOffset At);
