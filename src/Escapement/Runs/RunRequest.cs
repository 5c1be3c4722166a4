using Escapement.Extensions;

namespace Escapement.Runs;

/// <summary>What a run asked of its extension, as far as that is kept.</summary>
/// <param name="Endpoint">What its schedule called when it started.</param>
/// <param name="Payload">What it was given; null when that is kept no more.</param>
internal sealed record RunRequest(EndpointKey Endpoint, KeptPayload? Payload);
