using Escapement.Compiling;

namespace Escapement.Wasm.Compiling;

/// <summary>What the store says is to be compiled, and what for. Pure.</summary>
internal sealed class WantedComponents
{
    private readonly IReadOnlySet<VersionId> enabled;
    private readonly Dictionary<string, CompileFor> purposes;

    /// <param name="open">The published versions that are neither compiled nor refused.</param>
    /// <param name="enabled">The versions that some tenant has installed and enabled.</param>
    public WantedComponents(IReadOnlyList<UncompiledVersion> open, IReadOnlySet<VersionId> enabled)
    {
        Versions = open;
        this.enabled = enabled;
        purposes = open.GroupBy(v => v.Component, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Min(PurposeOf), StringComparer.Ordinal);
    }

    public IReadOnlyList<UncompiledVersion> Versions { get; }

    /// <summary>What a component is to be compiled for; null when it is compiled, refused or gone.</summary>
    public CompileFor? PurposeOf(string component) => purposes.TryGetValue(component, out var purpose) ? purpose : null;

    /// <summary>Whether nobody has a use for a job any more.</summary>
    public bool IsUnwanted(CompileJob job) => IsWithoutRuns(job) || (job.Purpose != CompileFor.Runs && PurposeOf(job.Component) is null);

    /// <summary>
    /// Whether a job was for runs which are gone, and its component is new to nobody. It is wanted again when somebody installs or enables it.
    /// </summary>
    public bool IsWithoutRuns(CompileJob job) =>
        job.Purpose == CompileFor.Runs && !job.Versions.Any(enabled.Contains) && PurposeOf(job.Component) is CompileFor.Later or null;

    private CompileFor PurposeOf(UncompiledVersion version) =>
        enabled.Contains(version.Id) ? CompileFor.Runs : version.CompiledBefore ? CompileFor.Later : CompileFor.Publisher;
}
