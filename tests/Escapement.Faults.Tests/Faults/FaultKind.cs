namespace Escapement.Faults.Tests.Faults;

/// <summary>The ways in which things go wrong here.</summary>
internal enum FaultKind
{
    /// <summary>A node is ended by SIGKILL, and a new one started in its place.</summary>
    Kill,

    /// <summary>A node is ended by SIGTERM, as at a deployment, and a new one started in its place.</summary>
    Replace,

    /// <summary>A node is stopped by SIGSTOP for longer than its leases last, and continued.</summary>
    Stall,

    /// <summary>PostgreSQL is shut down as an operator does it, and started again.</summary>
    DatabaseRestart,

    /// <summary>PostgreSQL crashes, and recovers.</summary>
    DatabaseCrash,

    /// <summary>The server ends all sessions of all nodes, a few times in a row.</summary>
    SessionsEnded,

    /// <summary>Nothing passes between a node and the database for longer than a lease; then all that was sent arrives late.</summary>
    NetworkHeld,

    /// <summary>Nothing passes between a node and the database for longer than a lease, and what was sent is gone.</summary>
    NetworkLost,

    /// <summary>A node's connections are reset and new ones refused.</summary>
    NetworkReset,

    /// <summary>
    /// Every flush of PostgreSQL's log waits a tenth of a second longer (commit_delay), and once all its processes hang for a moment
    /// (SIGSTOP): what a slow disk and one that hangs look like from outside, as nearly as it can be had without rights over devices.
    /// </summary>
    SlowDisk,
}
