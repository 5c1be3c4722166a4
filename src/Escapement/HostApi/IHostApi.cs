namespace Escapement.HostApi;

/// <summary>
/// What a guest can ask of the host, bound to one install. Each capability has an interface of its own, whose operations take and
/// answer plain values: a guest need not run in the process of the host.
/// </summary>
public interface IHostApi
{
    /// <summary>The operations of one capability, such as <see cref="Scheduler.ISchedulerHost"/>.</summary>
    /// <exception cref="InvalidOperationException">The host has no such capability.</exception>
    T Get<T>()
        where T : class;
}
