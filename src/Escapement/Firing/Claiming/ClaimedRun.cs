using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>A run that this node has the lease of, with what is needed to carry it out.</summary>
internal sealed record ClaimedRun
{
    /// <summary>The run and the lease's token.</summary>
    public required LeasedRun Lease { get; init; }

    /// <summary>The tenant and install.</summary>
    public required InstallScope Scope { get; init; }

    /// <summary>The schedule.</summary>
    public required ScheduleId Schedule { get; init; }

    /// <summary>What is called.</summary>
    public required EndpointKey Endpoint { get; init; }

    /// <summary>What is delivered.</summary>
    public string? Payload { get; init; }

    /// <summary>Which payload that is, by the schedule's revision that brought it.</summary>
    public long? PayloadRevision { get; init; }

    /// <summary>Whether it is to have the payload of the run that it repeats, and that is kept no more.</summary>
    public bool PayloadGone { get; init; }

    /// <summary>How its schedule is to be carried out.</summary>
    public required SchedulePolicy Policy { get; init; }

    /// <summary>How many runs of the schedule in a row the extension has failed, as of the claim.</summary>
    public int Failures { get; init; }

    /// <summary>Whether the schedule is enabled as of the claim; a retry of a schedule disabled since is given up.</summary>
    public required bool ScheduleEnabled { get; init; }

    /// <summary>The occurrence; for one that somebody asked for, when they did.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>What the run that it repeats was due at; null for one that repeats none.</summary>
    public DateTimeOffset? Occurrence { get; init; }

    /// <summary>When it was to start, for the first attempt of an occurrence: lateness counts from it. Null for all others.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>What it waited for, if it starts late and this node knows.</summary>
    public RunWait? WaitedFor { get; init; }

    /// <summary>What made it.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>This attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many of the earlier attempts were lost with their node.</summary>
    public int LostAttempts { get; init; }

    /// <summary>How many of the earlier attempts were given back: by a node that was stopped, or lost with a worker process that they shared.</summary>
    public int StoppedAttempts { get; init; }

    /// <summary>Whether no other guest may run in the same process meanwhile.</summary>
    public bool RunsAlone { get; init; }
}
