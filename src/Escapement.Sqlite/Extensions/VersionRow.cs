using Escapement.Extensions;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Extensions;

/// <summary>Reads a version with its endpoints.</summary>
internal static class VersionRow
{
    /// <summary>The versions that a statement selects; it is closed before the endpoints are read.</summary>
    public static List<ExtensionVersion> ReadAll(Database database, Statement statement)
    {
        var list = new List<ExtensionVersion>();
        using (var rows = statement.Open())
        {
            while (rows.Read())
            {
                list.Add(Read(rows));
            }
        }

        for (var i = 0; i < list.Count; i++)
        {
            list[i] = WithEndpoints(list[i], Endpoints(database, list[i].Id));
        }

        return list;
    }

    private static ExtensionVersion Read(in Rows rows) => new()
    {
        Id = new VersionId(rows.Id(0)),
        Manifest = new Manifest
        {
            Name = rows.Text(1),
            Version = rows.Text(2),
            Publisher = rows.Text(3),
            Runtime = rows.Text(4),
            Capabilities = TextSetJson.Read(rows.Text(5)),
            Json = rows.Text(6),
            Endpoints = [],
        },
        BundleSha256 = rows.Text(7),
        ComponentSha256 = rows.Text(8),
        PublishedAt = rows.Time(9),
        Endpoints = [],
    };

    private static List<Endpoint> Endpoints(Database database, VersionId version)
    {
        using var rows = database.Sql("list_endpoints").Set("version", version.Value).Open();
        var list = new List<Endpoint>();
        while (rows.Read())
        {
            list.Add(new Endpoint(rows.Id(0), new DeclaredEndpoint(rows.Text(1), rows.Text(2), rows.Text(3), rows.Bool(4))));
        }

        return list;
    }

    private static ExtensionVersion WithEndpoints(ExtensionVersion version, List<Endpoint> endpoints) => version with
    {
        Endpoints = endpoints,
        Manifest = version.Manifest with { Endpoints = [.. endpoints.Select(e => e.Declared)] },
    };
}
