using Escapement.Installs;
using Escapement.PostgreSql.Connections;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Extensions;

/// <summary>Reads an install from the columns that <c>get_install.sql</c> and its like select.</summary>
internal static class InstallRow
{
    public static Install Read(Rows rows) => new()
    {
        Scope = new InstallScope(TenantId.Parse(rows.Text(1)), new InstallId(rows.Id(0))),
        ExtensionId = rows.Text(2),
        Version = new VersionId(rows.Id(3)),
        Enabled = rows.Bool(4),
        Granted = TextSetJson.Read(rows.Text(5)),
        CreatedAt = rows.Time(6),
        UpdatedAt = rows.Time(7),
        PreviousVersion = rows.IdOrNull(8) is { } previous ? new VersionId(previous) : null,
    };
}
