using Escapement.Audit;
using Escapement.Pausing;

namespace Escapement.Undoing;

/// <summary>What taking a change back would do.</summary>
/// <param name="Entry">The change.</param>
/// <param name="NextDueAt">When its schedule would be due next; null when it would not, and for what is no schedule.</param>
/// <param name="Resume">What the end of a pause would do; null when none ends.</param>
internal sealed record UndoPreview(AuditEntry Entry, DateTimeOffset? NextDueAt = null, ResumePreview? Resume = null)
{
    /// <summary>As of when a pause would end; null when none does.</summary>
    public DateTimeOffset? ShownAt => Resume?.At;

    /// <summary>The fields as they are and as they would be.</summary>
    public IEnumerable<FieldChange> Fields => Entry.Changes.Select(c => new FieldChange(c.Field, c.After, c.Before));
}
