using Escapement.Nodes;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>Why an instant of a schedule became what it is: closed, and sentences are made of each kind in one place.</summary>
internal abstract record Cause
{
    /// <summary>The run, or the row of what did not start.</summary>
    public sealed record OfRun(Run Run) : Cause;

    /// <summary>An attempt that ended without ending its run.</summary>
    public sealed record OfAttempt(EndedAttempt Attempt) : Cause;

    /// <summary>Another run of the schedule that was in the way.</summary>
    public sealed record OtherRun(Run Run) : Cause;

    /// <summary>A run that is under way and will be in the way if it goes on.</summary>
    public sealed record MayOverlap(Run Run) : Cause;

    /// <summary>A run that made up for the occurrence, or is to.</summary>
    public sealed record MadeUp(Run Run) : Cause;

    /// <summary>What became of the whole backfill that made up for it, or is to.</summary>
    public sealed record OfBackfill(BackfillSummary Backfill) : Cause;

    /// <summary>A backfill that is open has yet to come to the occurrence, behind so many of its others.</summary>
    public sealed record WaitsInBackfill(Backfill Backfill, int Behind) : Cause;

    /// <summary>A pause that is in force, or was until it ended.</summary>
    public sealed record OfPause(Pause Pause, DateTimeOffset? Ended = null, string? EndedBy = null) : Cause
    {
        /// <summary>Whether it ended because its beginning was taken back.</summary>
        public bool IsTakenBack { get; init; }

        /// <summary>Whether another that began before it held the same.</summary>
        public bool IsBeside { get; init; }
    }

    /// <summary>A pause was ended, which let it start; nothing that is kept says when it began.</summary>
    public sealed record Resumed(PauseLayer Layer, DateTimeOffset When, string By) : Cause;

    /// <summary>What the end of a pause does with the occurrence.</summary>
    public sealed record RunsAfterPause(DateTimeOffset End) : Cause;

    /// <summary>Somebody skipped the occurrence ahead of time.</summary>
    public sealed record Skip(string By, string Note, DateTimeOffset? When) : Cause;

    /// <summary>An edit of cron or zone; what was before.</summary>
    public sealed record Edit(ScheduleDefinition After, ScheduleDefinition Before) : Cause;

    /// <summary>What kept the schedule from being due, or from being.</summary>
    public sealed record OfState(ScheduleDefinition Definition) : Cause;

    /// <summary>The schedule was made.</summary>
    public sealed record Created(DateTimeOffset When, string? By) : Cause;

    /// <summary>What was there is kept no more.</summary>
    public sealed record Retention(DateTimeOffset Horizon) : Cause;

    /// <summary>The version was another than that of the run before.</summary>
    public sealed record Upgrade(string? From, string? To, DateTimeOffset? When, string? By) : Cause;

    /// <summary>A node that was lost or stopped, as far as a run is concerned.</summary>
    /// <param name="Node">The process, which may live on.</param>
    /// <param name="FoundAt">When the attempt was found to be lost, or given back.</param>
    /// <param name="IsStopped">Whether it gave the attempt back because it was to stop.</param>
    public sealed record OfNode(HostNode Node, DateTimeOffset FoundAt, bool IsStopped) : Cause
    {
        /// <summary>Whether the process gave signs of life behind that, or was stopped later: of those nothing is told, for they go on.</summary>
        public bool LivedOn => !IsStopped && Node.SeenAt > FoundAt;
    }

    /// <summary>A time in which no node took work.</summary>
    public sealed record OfOutage(Outage Outage) : Cause;

    /// <summary>No node takes work now.</summary>
    /// <param name="Since">Since when.</param>
    /// <param name="Drained">The one that was drained last, where nodes that fire give signs of life; null where none does.</param>
    public sealed record NoNode(DateTimeOffset? Since, HostNode? Drained = null) : Cause;

    /// <summary>What clocks that are put forward or back do to it.</summary>
    public sealed record Clocks(string Note) : Cause;

    /// <summary>It started late.</summary>
    public sealed record Late(TimeSpan By, DateTimeOffset StartedAt, bool IsExplained) : Cause;

    /// <summary>What it waited for before it started.</summary>
    public sealed record Waited(RunWait For) : Cause;

    /// <summary>It starts behind its due time, for its spread.</summary>
    public sealed record Spread(DateTimeOffset StartsAt) : Cause;

    /// <summary>It came due while the run before was open, and waits for its end.</summary>
    public sealed record WaitsForEnd : Cause;

    /// <summary>It waits for its turn in a catch-up.</summary>
    public sealed record CatchUp(int Left) : Cause;

    /// <summary>It is due, and no node has taken it yet.</summary>
    public sealed record Unclaimed : Cause;

    /// <summary>Others of its install and its tenant are under way, of which either may have so many.</summary>
    public sealed record UnderWay(int OfInstall, int OfTenant) : Cause;

    /// <summary>It was due by its definition, and the ledger has nothing of it.</summary>
    public sealed record NoRow : Cause;

    /// <summary>A claim that came now would record it so, for what came due before it can be said what becomes of it.</summary>
    public sealed record Foreseen(RunReason Reason) : Cause;
}
