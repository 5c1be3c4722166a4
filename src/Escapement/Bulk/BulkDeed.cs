using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Bulk;

/// <summary>What a step does to one schedule. The functions are pure, and asked inside the step's transaction.</summary>
internal abstract record BulkDeed
{
    private BulkDeed()
    {
    }

    /// <summary>Changes it.</summary>
    public sealed record Update(Func<Schedule, bool> Expected, Func<Schedule, ScheduleChange> Change) : BulkDeed;

    /// <summary>Deletes it.</summary>
    public sealed record Delete(Func<Schedule, bool> Expected) : BulkDeed;

    /// <summary>Brings it back.</summary>
    public sealed record Restore(InstallScope Scope, Func<Schedule, Schedule> Change) : BulkDeed;

    /// <summary>Leaves it out.</summary>
    public sealed record Nothing(BulkFate Fate) : BulkDeed;
}

/// <summary>All that a store must know to carry out the next part of a change.</summary>
internal sealed record BulkStep
{
    /// <summary>What the changes must keep to. They take no token of an install's.</summary>
    public required ScheduleChangeLimits Limits { get; init; }

    /// <summary>What was deleted before this is not brought back.</summary>
    public required DateTimeOffset RestorableSince { get; init; }

    /// <summary>What is done to one.</summary>
    public required Func<BulkItem, AuditEntry?, BulkDeed> Deed { get; init; }

    /// <summary>The entry that it leaves, given that whose change is taken back; null for none.</summary>
    public required Func<BulkItem, AuditEntry?, InstallScope, AuditEntry> Entry { get; init; }
}
