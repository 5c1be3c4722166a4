namespace Escapement.Runs;

/// <summary>A payload that is kept.</summary>
/// <param name="Text">The payload; null where there was none.</param>
internal sealed record KeptPayload(string? Text);
