namespace Escapement.PostgreSql.Firing;

/// <summary>What this node remembers of a bucket from one claim to the next. Losing it costs nothing but a turn.</summary>
internal sealed class BucketState
{
    /// <summary>Whether more was due last time than could be taken, so that going round the tenants is worth its price.</summary>
    public bool HasBacklog { get; set; }

    /// <summary>The tenant that was served last of due schedules.</summary>
    public string LastDueTenant { get; set; } = "";

    /// <summary>The tenant that was served last of queued runs.</summary>
    public string LastQueuedTenant { get; set; } = "";
}
