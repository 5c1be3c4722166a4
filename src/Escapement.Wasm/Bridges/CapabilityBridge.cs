using Escapement.Wasm.Protocol;

namespace Escapement.Wasm.Bridges;

/// <summary>
/// One capability over the pipe: how its operations are asked for in the worker, and how they are understood and answered in the host.
/// A capability that guests can call has one such file, and a row in <see cref="All"/>.
/// </summary>
internal abstract class CapabilityBridge
{
    /// <summary>Every capability, by the number that it has on the pipe.</summary>
    public static IReadOnlyList<CapabilityBridge> All { get; } = [new SchedulerBridge()];

    /// <summary>The interface that guests call.</summary>
    public abstract Type Operations { get; }

    /// <summary>In the worker: the operations, each of which asks the host.</summary>
    public abstract object Remote(Func<WireWriter> begin, Func<WireWriter, Task<byte[]>> ask);

    /// <summary>In the host: what is asked for.</summary>
    /// <exception cref="ProtocolException">Nothing that there is.</exception>
    public abstract HostCall Read(ref WireReader arguments);

    /// <summary>In the host: what a frame asks for.</summary>
    /// <exception cref="ProtocolException">Nothing that there is.</exception>
    public static HostCall ReadAny(ref WireReader arguments)
    {
        var capability = arguments.Byte();
        return capability < All.Count ? All[capability].Read(ref arguments) : throw new ProtocolException($"There is no capability {capability}.");
    }
}
