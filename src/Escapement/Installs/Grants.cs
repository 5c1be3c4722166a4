using System.Collections.Frozen;
using Escapement.Extensions;

namespace Escapement.Installs;

/// <summary>The rules on what can be granted to an install (contract section 2).</summary>
internal static class Grants
{
    // Far more than there are.
    private const int Most = 100;

    /// <summary>What is asked to be granted, normalised, or every capability that cannot be: only what the manifest declares can.</summary>
    public static Result<FrozenSet<string>> Of(IReadOnlyList<string> capabilities, ExtensionVersion version)
    {
        if (capabilities.Count > Most)
        {
            return new([new Problem("capabilities", "too-many", $"capabilities must hold {Most} at most; the manifest says which can be granted")]);
        }

        var (granted, manifest) = (capabilities.Select(Capability.Normalise).ToFrozenSet(StringComparer.Ordinal), version.Manifest);
        var undeclared = granted.Where(c => !manifest.Capabilities.Contains(c)).Order(StringComparer.Ordinal)
            .Select(c => new Problem("capabilities", Capability.Known.Contains(c) ? "not-declared" : "unknown", Capability.Known.Contains(c)
                ? $"{Excerpt.Plain(c)} cannot be granted because the manifest of {manifest.Name} {manifest.Version} does not declare it"
                : $"{Excerpt.Plain(c)} is not a capability that this host knows; {Capability.Hint(c)}"))
            .ToList();
        return undeclared.Count > 0 ? new(undeclared) : new(granted);
    }

    /// <summary>What is granted before and after, as people read it; once where that is the same.</summary>
    public static string SayChange(FrozenSet<string> before, FrozenSet<string> after) =>
        before.SetEquals(after) ? $"{Say(after)}, as before" : $"{Say(before)} -> {Say(after)}";

    /// <summary>Capabilities in order, as people read them.</summary>
    public static string Say(IEnumerable<string>? granted) =>
        granted?.Order(StringComparer.Ordinal).ToList() is { Count: > 0 } some ? string.Join(", ", some) : "nothing";
}
