namespace Escapement.Wasm.Protocol;

/// <summary>A file of native code, and the content that it must have to be loaded.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Digest">The digest of its content.</param>
internal sealed record CompiledCode(string Path, string Digest);
