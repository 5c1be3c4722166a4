using Escapement.Extensions;
using Escapement.PostgreSql.Connections;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Extensions;

/// <summary>Reads versions with their endpoints.</summary>
internal static class VersionRow
{
    /// <summary>Sends the statement that waits, which selects versions, and then those for their endpoints, together.</summary>
    public static async ValueTask<List<ExtensionVersion>> ListAsync(Session session, CancellationToken cancellationToken)
    {
        List<ExtensionVersion> versions;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            versions = await rows.ListAsync(Read, cancellationToken);
        }

        if (versions.Count == 0)
        {
            return versions;
        }

        versions.ForEach(v => session.Sql("list_endpoints").Set("version", v.Id.Value));
        await using var more = await session.OpenAsync(cancellationToken);
        for (var i = 0; i < versions.Count; i++)
        {
            var endpoints = await more.ListAsync(
                r => new Endpoint(r.Id(0), new DeclaredEndpoint(r.Text(1), r.Text(2), r.Text(3), r.Bool(4))), cancellationToken);
            versions[i] = WithEndpoints(versions[i], endpoints);
            await more.NextAsync(cancellationToken);
        }

        return versions;
    }

    private static ExtensionVersion Read(Rows rows) => new()
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

    private static ExtensionVersion WithEndpoints(ExtensionVersion version, List<Endpoint> endpoints) => version with
    {
        Endpoints = endpoints,
        Manifest = version.Manifest with { Endpoints = [.. endpoints.Select(e => e.Declared)] },
    };
}
