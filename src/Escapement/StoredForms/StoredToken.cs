using System.Collections.Frozen;
using Escapement.Access;

namespace Escapement.StoredForms;

/// <summary>
/// A token as its columns, in the order in which <c>find_token</c> and its like select them, and under the names by which <c>add_token</c>
/// takes them.
/// </summary>
internal static class StoredToken
{
    public static ApiToken Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct
    {
        var tenants = row.TextOrNull(3) is { } named ? TenantScope.Of(TextSetJson.Read(named).Select(TenantId.Parse)) : TenantScope.All;
        return new ApiToken
        {
            Id = row.Id(0),
            Bearer = new EscapementPrincipal((EscapementRole)row.Int(2), tenants, row.Text(1))
            {
                ExtensionPrefixes = row.TextOrNull(4) is { } prefixes ? TextSetJson.Read(prefixes) : null,
            },
            Sha256 = row.Blob(5),
            OldUntil = row.TimeOrNull(6),
            MadeBy = row.Text(7),
            CreatedAt = row.Time(8),
            ExpiresAt = row.TimeOrNull(9),
            LastUsedAt = row.TimeOrNull(10),
        };
    }

    public static TValues Write<TValues>(TValues statement, ApiToken token)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", token.Id)
        .Set("name", token.Bearer.Name)
        .Set("role", (int)token.Bearer.Role)
        .Set("tenants", token.Bearer.Tenants.IsAll ? null : TextSetJson.Write(token.Bearer.Tenants.Named.Select(t => t.Value).ToFrozenSet()))
        .Set("extension_prefixes", token.Bearer.ExtensionPrefixes is { } prefixes ? TextSetJson.Write(prefixes.ToFrozenSet()) : null)
        .Set("sha256", token.Sha256)
        .Set("made_by", token.MadeBy)
        .Set("created_at", token.CreatedAt)
        .Set("expires_at", token.ExpiresAt);

    public static TValues Write<TValues>(TValues statement, TokenRotation rotation)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", rotation.Id)
        .Set("sha256", rotation.Sha256)
        .Set("old_until", rotation.OldUntil)
        .Set("expires_at", rotation.ExpiresAt);
}
