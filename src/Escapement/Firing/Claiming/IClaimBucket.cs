using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>
/// The part of a store in which one claim is made, inside one transaction that nobody else claims beside. It reads rows, writes what it
/// is told and decides nothing: <see cref="BucketClaim"/> does.
/// </summary>
internal interface IClaimBucket
{
    /// <summary>Holds the bucket and takes the first look; null when another node claims in it now.</summary>
    /// <param name="queuedAfter">The tenant behind which the look at queued runs begins.</param>
    /// <param name="page">Read so many due schedules, the oldest first; null for none.</param>
    ValueTask<ClaimLook?> LookAsync(string queuedAfter, int? page);

    /// <summary>
    /// Queued runs that may start, so many of each tenant, without those of installs at their limit, and of schedules and installs that are held
    /// only those that an admin asked for; each as the attempt before.
    /// </summary>
    ValueTask<IReadOnlyList<ClaimedRun>> QueuedAsync(TenantRound round, RunningCounts running, IReadOnlyCollection<Guid> heldInstalls);

    /// <summary>A stretch of the tenants, going round from one, and whether each has schedules that are due.</summary>
    ValueTask<IReadOnlyList<PassedTenant>> DueTenantsAsync(string after);

    /// <summary>Schedules that are due, the oldest first, so many of each tenant, without those of installs at their limit.</summary>
    ValueTask<IReadOnlyList<DueRow>> DueAsync(TenantRound round, RunningCounts running);

    /// <summary>Which of these occurrences have been recorded or opened already.</summary>
    ValueTask<IReadOnlyList<Occurrence>> KnownAsync(IReadOnlyList<Occurrence> occurrences);

    /// <summary>
    /// Makes schedules due again that were put aside for a pause that has ended, so many at most, and leaves those that another pause holds.
    /// Answers how many.
    /// </summary>
    ValueTask<int> ArmAsync(OuterPause ended, int most);

    /// <summary>Writes all of it and commits.</summary>
    ValueTask WriteAsync(ClaimWrites writes);
}

/// <summary>What a claim sees first.</summary>
/// <param name="Running">How many runs are under way for each install.</param>
/// <param name="QueuedTenants">A stretch of the tenants with queued runs, and whether each has one that may start.</param>
/// <param name="Due">The oldest that is due, as many as were asked for.</param>
/// <param name="Contended">Whether somebody else is changing schedules that are due, so that they are missing here.</param>
/// <param name="Pauses">The pauses above the bucket's schedules.</param>
internal sealed record ClaimLook(
    IReadOnlyList<RunningInstall> Running,
    IReadOnlyList<PassedTenant> QueuedTenants,
    IReadOnlyList<DueRow> Due,
    bool Contended,
    IReadOnlyList<OuterPause> Pauses);

/// <summary>How many runs of an install are under way.</summary>
internal readonly record struct RunningInstall(InstallScope Scope, int Count);

/// <summary>A tenant that a look passed, and whether it has work that may start.</summary>
internal readonly record struct PassedTenant(string Tenant, bool HasWork);
