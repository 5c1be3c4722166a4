using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Pausing;

/// <summary>The one field of a layer above the schedules: its pause, as of a schedule.</summary>
internal static class PauseFields
{
    /// <summary>What beginning a pause changed.</summary>
    public static FieldChanges Began(Pause pause) => new([new FieldChange(ScheduleFields.Pause, null, AuditValue.Of(FieldJson.Of(pause)))]);

    /// <summary>What ending one changed.</summary>
    public static FieldChanges Ended(Pause pause) => new([new FieldChange(ScheduleFields.Pause, AuditValue.Of(FieldJson.Of(pause)), null)]);

    /// <summary>What is not as a change left it.</summary>
    /// <param name="changes">The change.</param>
    /// <param name="now">The pause that is in force; null for none.</param>
    public static IReadOnlyList<FieldDifference> Differences(FieldChanges changes, Pause? now) =>
        changes.Differences(_ => AuditValue.Of(now is null ? null : FieldJson.Of(now)));

    /// <summary>
    /// What taking a change back does, in a word for the audit: an undo that ends a pause or makes one is an end or a pause to whoever looks for them.
    /// The host's own hold of a lost endpoint follows the version, and no undo makes it.
    /// </summary>
    public static string UndoVerbOf(FieldChanges undone) => (undone.Of(ScheduleFields.Pause), Before(undone)) switch
    {
        (null, _) or (_, { Cause: PauseCause.EndpointGone }) => "undo",
        (_, null) => "resume",
        _ => "pause",
    };

    /// <summary>The pause before a change, with an id, a layer and a beginning to be given; null for none.</summary>
    public static Pause? Before(FieldChanges changes) => changes.Of(ScheduleFields.Pause)?.Before?.Json is { } json ? FieldJson.PauseOf(json) : null;

    /// <summary>The pause after a change; null for none.</summary>
    public static Pause? After(FieldChanges changes) => changes.Of(ScheduleFields.Pause)?.After?.Json is { } json ? FieldJson.PauseOf(json) : null;
}
