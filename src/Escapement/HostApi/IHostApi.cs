using Escapement.HostApi.Scheduler;

namespace Escapement.HostApi;

/// <summary>What a guest can ask of the host, bound to one install. One property a capability.</summary>
public interface IHostApi
{
    /// <summary>The install's schedules.</summary>
    ISchedulerHost Scheduler { get; }
}
