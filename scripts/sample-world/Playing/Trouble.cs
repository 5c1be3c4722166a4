namespace Escapement.SampleWorld.Playing;

/// <summary>A time in which guests fail.</summary>
/// <param name="Extension">Whose.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when.</param>
/// <param name="Status">What they answer.</param>
/// <param name="Says">What they say.</param>
internal sealed record Trouble(string Extension, DateTimeOffset From, DateTimeOffset To, int Status, string Says)
{
    /// <summary>Of which tenant alone; null for all.</summary>
    public string? Tenant { get; init; }

    /// <summary>Of which version alone; null for all.</summary>
    public string? Version { get; init; }

    /// <summary>Of which endpoint alone; null for all.</summary>
    public string? Endpoint { get; init; }

    public bool Meets(PlayedCall call) => call.Extension == Extension && From <= call.At && call.At < To
        && (Tenant ?? call.Tenant) == call.Tenant && (Version ?? call.Version) == call.Version && (Endpoint ?? call.Endpoint) == call.Endpoint;
}
