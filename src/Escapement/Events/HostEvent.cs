namespace Escapement.Events;

/// <summary>Something that happened, told to whoever watches; best effort, and nothing that anything else goes by.</summary>
/// <param name="Tenant">Whose; null for everybody's.</param>
/// <param name="Kind">What it happened to.</param>
/// <param name="What">What happened to it: a state of a run, or what was done to a schedule.</param>
/// <param name="Id">The run or schedule; null for several.</param>
/// <param name="Schedule">Of a run: its schedule; null where that is not known.</param>
/// <param name="Count">How many it stands for.</param>
internal sealed record HostEvent(TenantId? Tenant, EventKind Kind, string What, Guid? Id, Guid? Schedule = null, int Count = 1);

/// <summary>What something happens to.</summary>
internal enum EventKind
{
    /// <summary>A run.</summary>
    Run = 0,

    /// <summary>A schedule.</summary>
    Schedule = 1,
}
