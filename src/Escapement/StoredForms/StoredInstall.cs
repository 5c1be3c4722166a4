using Escapement.Installs;
using Escapement.Noting;

namespace Escapement.StoredForms;

/// <summary>
/// An install as its columns, in the order in which <c>get_install</c> and its like select them, and under the names by which
/// <c>add_install</c> takes them.
/// </summary>
internal static class StoredInstall
{
    public static Install Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
        {
            Scope = new InstallScope(TenantId.Parse(row.Text(1)), new InstallId(row.Id(0))),
            ExtensionId = row.Text(2),
            Version = new VersionId(row.Id(3)),
            Enabled = row.Bool(4),
            Granted = TextSetJson.Read(row.Text(5)),
            CreatedAt = row.Time(6),
            UpdatedAt = row.Time(7),
            PreviousVersion = row.IdOrNull(8) is { } previous ? new VersionId(previous) : null,
            PreviousGranted = row.TextOrNull(9) is { } granted ? TextSetJson.Read(granted) : null,
            Pause = row.IdOrNull(10),
        };

    /// <summary>When an install used a capability, as <c>list_capability_uses</c> selects it.</summary>
    public static Use<InstalledCapability> ReadUse<TRow>(TRow row, InstallScope scope)
        where TRow : IStoredRow, allows ref struct => new(new InstalledCapability(scope, row.Text(0)), row.Time(1));

    /// <summary>Sets that an install used a capability.</summary>
    public static TValues WriteUse<TValues>(TValues statement, Use<InstalledCapability> use)
        where TValues : IStoredValues<TValues> => statement
        .Set("install", use.Of.Scope.Install.Value)
        .Set("tenant", use.Of.Scope.Tenant.Value)
        .Set("capability", use.Of.Capability)
        .Set("at", use.At);

    /// <summary>Sets its id and what admins change of it.</summary>
    public static TValues WriteChanged<TValues>(TValues statement, Install install)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", install.Scope.Install.Value)
        .Set("version", install.Version.Value)
        .Set("previous_version", install.PreviousVersion?.Value)
        .Set("granted", TextSetJson.Write(install.Granted))
        .Set("previous_granted", install.PreviousGranted is { } before ? TextSetJson.Write(before) : null)
        .Set("updated_at", install.UpdatedAt);

    public static TValues Write<TValues>(TValues statement, Install install)
        where TValues : IStoredValues<TValues> => WriteChanged(statement, install)
        .Set("tenant", install.Scope.Tenant.Value)
        .Set("extension", install.ExtensionId)
        .Set("enabled", install.Enabled)
        .Set("created_at", install.CreatedAt);
}
