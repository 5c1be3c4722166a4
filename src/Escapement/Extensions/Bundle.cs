namespace Escapement.Extensions;

/// <summary>A published bundle that was read and found good (contract section 6).</summary>
internal sealed record Bundle
{
    /// <summary>Its manifest.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>What its author should look at; see <see cref="ManifestReading.Warnings"/>.</summary>
    public required IReadOnlyList<Problem> Warnings { get; init; }

    /// <summary>How large the WebAssembly component is.</summary>
    public required long ComponentBytes { get; init; }

    /// <summary>SHA-256 of the archive as it came, lower-case hex.</summary>
    public required string BundleSha256 { get; init; }

    /// <summary>SHA-256 of the component, lower-case hex.</summary>
    public required string ComponentSha256 { get; init; }

    /// <summary>The paths of all other files, in ordinal order.</summary>
    public required IReadOnlyList<string> Assets { get; init; }
}
