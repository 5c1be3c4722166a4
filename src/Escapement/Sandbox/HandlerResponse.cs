namespace Escapement.Sandbox;

/// <summary>The response as the handler gave it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">Name and value.</param>
/// <param name="Body">Null when there is none.</param>
public sealed record HandlerResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte>? Body);
