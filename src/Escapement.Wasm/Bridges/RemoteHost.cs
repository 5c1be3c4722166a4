using Escapement.HostApi;
using Escapement.Wasm.Protocol;

namespace Escapement.Wasm.Bridges;

/// <summary>The host API in a worker: each operation is asked of the host, on behalf of one call.</summary>
/// <param name="ask">Sends what is asked and gives the answer.</param>
internal sealed class RemoteHost(Func<WireWriter, Task<byte[]>> ask) : IHostApi
{
    public T Get<T>()
        where T : class
    {
        for (var i = 0; i < CapabilityBridge.All.Count; i++)
        {
            if (CapabilityBridge.All[i].Operations == typeof(T))
            {
                var capability = (byte)i;
                return (T)CapabilityBridge.All[i].Remote(() => new WireWriter().Byte(capability), ask);
            }
        }

        throw new InvalidOperationException($"{typeof(T).Name} does not cross to the host.");
    }
}
