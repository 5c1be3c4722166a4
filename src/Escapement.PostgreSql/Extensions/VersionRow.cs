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
            versions = await rows.ListAsync(StoredVersion.Read, cancellationToken);
        }

        if (versions.Count == 0)
        {
            return versions;
        }

        versions.ForEach(v => session.Sql("list_endpoints").Set("version", v.Id.Value));
        await using var more = await session.OpenAsync(cancellationToken);
        for (var i = 0; i < versions.Count; i++)
        {
            versions[i] = StoredVersion.WithEndpoints(versions[i], await more.ListAsync(StoredVersion.ReadEndpoint, cancellationToken));
            await more.NextAsync(cancellationToken);
        }

        return versions;
    }
}
