using System.Collections.Frozen;
using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Installs;

/// <summary>The fields of an install that changes are written down by, and taken back by.</summary>
internal static class InstallFields
{
    /// <summary>Its version's id. It is taken back by going back, which looks at the schedules.</summary>
    public const string Version = "version";

    private const string Enabled = "enabled";
    private const string Capabilities = "capabilities";

    /// <summary>What a change changed.</summary>
    /// <param name="before">As it was; null when it was not there.</param>
    /// <param name="after">As it is from then on; null when it is there no more.</param>
    public static FieldChanges Changes(Install? before, Install? after)
    {
        string[] fields = [FieldChanges.Exists, Version, Enabled, Capabilities];
        var changes = fields
            .Select(f => new FieldChange(f, AuditValue.Of(Read(before, f)), AuditValue.Of(Read(after, f))))
            .Where(c => !AuditValue.Same(c.Before, c.After))
            .ToList();
        return changes.Count == 0 ? FieldChanges.None : new FieldChanges(changes);
    }

    /// <summary>What of an install is not as a change left it.</summary>
    public static IReadOnlyList<FieldDifference> Differences(FieldChanges changes, Install? now) =>
        changes.Differences(field => AuditValue.Of(Read(now, field)));

    /// <summary>What was granted before a change that changed it; null when it did not.</summary>
    public static FrozenSet<string>? GrantedBefore(FieldChanges changes) =>
        changes.Of(Capabilities)?.Before?.Json is { } json ? FieldJson.TextsOf(json).ToFrozenSet(StringComparer.Ordinal) : null;

    /// <summary>Whether it was enabled before a change that changed that; null when it did not.</summary>
    public static bool? EnabledBefore(FieldChanges changes) => changes.Of(Enabled)?.Before?.Json is { } json ? json == FieldJson.True : null;

    private static string? Read(Install? install, string field) => field switch
    {
        FieldChanges.Exists => FieldJson.Flag(install is not null),
        _ when install is null => null,
        Version => FieldJson.Text(install.Version.ToString()),
        Enabled => FieldJson.Flag(install.Enabled),
        Capabilities => FieldJson.Texts(install.Granted),
        _ => null,
    };
}
