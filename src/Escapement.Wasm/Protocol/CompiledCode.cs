namespace Escapement.Wasm.Protocol;

/// <summary>A file of native code, and the content that it must have to be loaded.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Sha256">The SHA-256 of its content, in lower-case hex.</param>
internal sealed record CompiledCode(string Path, string Sha256);
