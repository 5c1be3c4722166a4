namespace Escapement.Firing;

/// <summary>How an engine is.</summary>
/// <param name="IsHealthy">Whether it claims what is due, or will as soon as a slot is free.</param>
/// <param name="Problem">Which part of it does not do its work, without particulars of tenants or machines; null when all do.</param>
/// <param name="IsDrained">Whether it claims nothing because its node was drained.</param>
internal readonly record struct FiringHealth(bool IsHealthy, string? Problem, bool IsDrained = false);
