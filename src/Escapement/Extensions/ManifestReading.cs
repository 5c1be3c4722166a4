namespace Escapement.Extensions;

/// <summary>A good manifest, and what its author should look at all the same.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Warnings">One for each unknown field, with its JSON path.</param>
internal sealed record ManifestReading(Manifest Manifest, IReadOnlyList<Problem> Warnings);
