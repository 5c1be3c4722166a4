using Escapement.Extensions;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Extensions;

/// <summary>Reads versions with their endpoints.</summary>
internal static class VersionRow
{
    /// <summary>The versions that a statement selects; it is closed before the endpoints are read.</summary>
    public static List<ExtensionVersion> ReadAll(Database database, Statement statement) =>
        statement.List(StoredVersion.Read).ConvertAll(v => StoredVersion.WithEndpoints(v, Endpoints(database, v.Id)));

    private static List<Endpoint> Endpoints(Database database, VersionId version) =>
        database.Sql("list_endpoints").Set("version", version.Value).List(StoredVersion.ReadEndpoint);
}
