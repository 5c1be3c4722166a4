using Escapement.Access;

namespace Escapement.StoredForms;

/// <summary>
/// A token as its columns, in the order in which <c>find_token</c> and its like select them, and under the names by which <c>add_token</c>
/// takes them.
/// </summary>
internal static class StoredToken
{
    public static ApiToken Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
    {
        Id = row.Id(0),
        Bearer = StoredPrincipal.Read(row, 1),
        Sha256 = row.Blob(5),
        OldUntil = row.TimeOrNull(6),
        MadeBy = row.Text(7),
        CreatedAt = row.Time(8),
        ExpiresAt = row.TimeOrNull(9),
        LastUsedAt = row.TimeOrNull(10),
    };

    public static TValues Write<TValues>(TValues statement, ApiToken token)
        where TValues : IStoredValues<TValues> => StoredPrincipal.Write(statement, token.Bearer)
        .Set("id", token.Id)
        .Set("sha256", token.Sha256)
        .Set("made_by", token.MadeBy)
        .Set("created_at", token.CreatedAt)
        .Set("expires_at", token.ExpiresAt);

    public static TValues Write<TValues>(TValues statement, TokenRotation rotation)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", rotation.Id)
        .Set("before", rotation.Before)
        .Set("sha256", rotation.Sha256)
        .Set("old_until", rotation.OldUntil)
        .Set("expires_at", rotation.ExpiresAt);

    public static TValues Write<TValues>(TValues statement, TokenRevocation revocation)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", revocation.Id)
        .Set("before", revocation.Before)
        .Set("at", revocation.At);

    /// <summary>Asks for an operator's token besides the one that is to be revoked.</summary>
    public static TValues AskForOther<TValues>(TValues statement, TokenRevocation revocation)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", revocation.Id)
        .Set("role", (int)EscapementRole.Operator)
        .Set("at", revocation.At);
}
