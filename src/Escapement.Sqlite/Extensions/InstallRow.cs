using Escapement.Installs;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Extensions;

/// <summary>Reads an install from the columns that <c>get_install.sql</c> and its like select.</summary>
internal static class InstallRow
{
    public static Install Read(in Rows rows) => new()
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

    public static Install? Find(Database database, InstallScope scope) =>
        First(database.Sql("get_install").Set("id", scope.Install.Value).Set("tenant", scope.Tenant.Value));

    public static Install? Find(Database database, TenantId tenant, string extensionId) =>
        First(database.Sql("find_install").Set("tenant", tenant.Value).Set("extension", extensionId));

    private static Install? First(Statement statement)
    {
        using var rows = statement.Open();
        return rows.Read() ? Read(rows) : null;
    }
}
