using Escapement.Access;

namespace Escapement.StoredForms;

/// <summary>
/// A token as its columns, in the order in which <c>find_token</c> selects them, and under the names by which <c>add_first_token</c>
/// takes them.
/// </summary>
internal static class StoredToken
{
    public static ApiToken Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(row.Id(0), row.Text(1), row.Blob(2), row.Time(3));

    public static TValues Write<TValues>(TValues statement, ApiToken token)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", token.Id)
        .Set("name", token.Name)
        .Set("sha256", token.Sha256)
        .Set("created_at", token.CreatedAt);
}
