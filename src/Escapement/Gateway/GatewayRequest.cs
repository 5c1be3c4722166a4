namespace Escapement.Gateway;

/// <summary>A request to an extension's endpoint.</summary>
/// <param name="Id">Names it; also in the context.</param>
/// <param name="Method">Upper case.</param>
/// <param name="Url">Path and query relative to the extension: <c>/api/status?x=1</c>.</param>
/// <param name="Headers">As the guest may see them; names lower-case.</param>
/// <param name="ReadBody">Reads the body, once the call has a place in the queue: what is refused is not read.</param>
public sealed record GatewayRequest(
    Guid Id,
    string Method,
    string Url,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>?>> ReadBody);
