namespace Escapement.Sandbox;

/// <summary>The request as the handler sees it.</summary>
/// <param name="RequestId">Names this attempt; also in the context.</param>
/// <param name="Method">Upper case.</param>
/// <param name="Url">Path and query.</param>
/// <param name="Headers">Name and value; names lower-case.</param>
/// <param name="Body">Null when there is none.</param>
public sealed record HandlerRequest(
    string RequestId, string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte>? Body);
