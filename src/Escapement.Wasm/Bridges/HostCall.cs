using Escapement.HostApi;
using Escapement.Wasm.Protocol;

namespace Escapement.Wasm.Bridges;

/// <summary>An operation that a guest in a worker asks for.</summary>
/// <param name="Operation">What evidence and spans call it.</param>
/// <param name="Answer">Carries it out on the install's own host API.</param>
internal sealed record HostCall(string Operation, Func<IHostApi, CancellationToken, ValueTask<WireWriter>> Answer);
