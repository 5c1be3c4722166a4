using Escapement.Access;

namespace Escapement.StoredForms;

/// <summary>
/// A session as its columns, in the order in which <c>find_session</c> selects them, and under the names by which <c>add_session</c> takes them.
/// </summary>
internal static class StoredSession
{
    public static ConsoleSession Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
    {
        Id = row.Id(0),
        Bearer = StoredPrincipal.Read(row, 1),
        Sha256 = row.Blob(5),
        TokenSha256 = row.TextOrNull(6),
        CreatedAt = row.Time(7),
        LastUsedAt = row.Time(8),
    };

    public static TValues Write<TValues>(TValues statement, ConsoleSession session)
        where TValues : IStoredValues<TValues> => StoredPrincipal.Write(statement, session.Bearer)
        .Set("id", session.Id)
        .Set("sha256", session.Sha256)
        .Set("token_sha256", session.TokenSha256)
        .Set("created_at", session.CreatedAt)
        .Set("last_used_at", session.LastUsedAt);
}
