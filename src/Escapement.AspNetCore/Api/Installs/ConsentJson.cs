using Escapement.Extensions;
using Escapement.Installs;

namespace Escapement.AspNetCore.Api.Installs;

internal sealed record ConsentJson
{
    public required string ExtensionId { get; init; }

    public required string Version { get; init; }

    /// <summary>The tenant's install of the extension; absent when it has none.</summary>
    public string? InstallId { get; init; }

    /// <summary>The version that is installed; absent when none is.</summary>
    public string? InstalledVersion { get; init; }

    /// <summary>What the version asks for, the riskiest first.</summary>
    public required IReadOnlyList<AskedCapabilityJson> Capabilities { get; init; }

    /// <summary>What is granted to the install now, and this version does not ask for.</summary>
    public required IReadOnlyList<string> NoLongerAsked { get; init; }

    public static ConsentJson Of(ExtensionVersion version, InstalledExtension? installed, Dictionary<string, DateTimeOffset> uses) => new()
    {
        ExtensionId = version.Manifest.Name,
        Version = version.Manifest.Version,
        InstallId = installed?.Install.Scope.Install.ToString(),
        InstalledVersion = installed?.Version.Manifest.Version,
        Capabilities =
        [
            .. version.Manifest.Capabilities.Select(c => AskedCapabilityJson.Of(c, installed, uses.TryGetValue(c, out var at) ? at : null))
                .OrderByDescending(c => Array.IndexOf(AskedCapabilityJson.Risks, c.Risk)).ThenBy(c => c.Capability, StringComparer.Ordinal),
        ],
        NoLongerAsked = [.. (installed?.Install.Granted ?? []).Except(version.Manifest.Capabilities).Order(StringComparer.Ordinal)],
    };
}

internal sealed record AskedCapabilityJson
{
    internal static readonly string[] Risks = ["low", "notable", "high"];

    public required string Capability { get; init; }

    /// <summary>What the extension can do with it, in plain words.</summary>
    public required string Sentence { get; init; }

    /// <summary><c>low</c>, <c>notable</c> or <c>high</c>.</summary>
    public required string Risk { get; init; }

    /// <summary>Whether the extension has it without being granted it.</summary>
    public required bool AlwaysGranted { get; init; }

    /// <summary>Whether this tenant has granted it; absent when the extension is not installed.</summary>
    public bool? Granted { get; init; }

    /// <summary>Whether the installed version asks for it too; absent when the extension is not installed.</summary>
    public bool? AskedBefore { get; init; }

    /// <summary>When the install last used it, in a run or a gateway call, to the hour; absent when it never did, or is not installed.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public static AskedCapabilityJson Of(string capability, InstalledExtension? installed, DateTimeOffset? lastUsedAt = null)
    {
        var words = CapabilityWords.Of(capability);
        var always = capability == Escapement.Extensions.Capability.UserRead;
        return new AskedCapabilityJson
        {
            Capability = capability,
            Sentence = words.Sentence,
            Risk = Risks[(int)words.Risk],
            AlwaysGranted = always,
            Granted = installed is null ? null : always || installed.Install.Granted.Contains(capability),
            AskedBefore = installed?.Version.Manifest.Capabilities.Contains(capability),
            LastUsedAt = lastUsedAt,
        };
    }
}
