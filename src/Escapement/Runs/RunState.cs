namespace Escapement.Runs;

/// <summary>Where a run is. The first two are open: their schedule points at them.</summary>
public enum RunState
{
    /// <summary>Waiting to be claimed: a run-now, a retry, or an attempt that was lost with its node or given back by it.</summary>
    Queued = 0,

    /// <summary>Claimed by a node under a lease.</summary>
    Running = 1,

    /// <summary>The endpoint answered with a status below 400.</summary>
    Succeeded = 2,

    /// <summary>It ran, and failed.</summary>
    Failed = 3,

    /// <summary>It did not start because the previous run was still going.</summary>
    Skipped = 4,

    /// <summary>It did not start in time.</summary>
    Missed = 5,

    /// <summary>It was given up without an answer.</summary>
    Abandoned = 6,
}
