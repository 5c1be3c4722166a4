namespace Escapement.Audit;

/// <summary>A field that a change changed.</summary>
/// <param name="Field">Its name, as the API spells it.</param>
/// <param name="Before">What it was; null for nothing.</param>
/// <param name="After">What it was from then on; null for nothing.</param>
internal sealed record FieldChange(string Field, AuditValue? Before, AuditValue? After);

/// <summary>A field that is not as a change left it.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Then">As the change left it.</param>
/// <param name="Now">As it is.</param>
internal sealed record FieldDifference(string Field, AuditValue? Then, AuditValue? Now);
