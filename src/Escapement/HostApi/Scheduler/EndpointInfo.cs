using Escapement.Extensions;

namespace Escapement.HostApi.Scheduler;

/// <summary>An endpoint as extensions see it.</summary>
public sealed record EndpointInfo(string Id, string Method, string Path, string Handler, bool Schedulable)
{
    internal static EndpointInfo Of(Endpoint e) => new(e.Id.ToString(), e.Declared.Method, e.Declared.Path, e.Declared.Handler, e.Declared.Schedulable);
}
