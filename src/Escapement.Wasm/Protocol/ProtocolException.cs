namespace Escapement.Wasm.Protocol;

/// <summary>The other side said what cannot be understood. Nothing that it says later is believed.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
