using Escapement.Access;

namespace Escapement.StoredForms;

/// <summary>
/// A code that signs in as its columns, in the order in which <c>take_sign_in_code</c> answers them, and under the names by which <c>add_sign_in_code</c>
/// takes them.
/// </summary>
internal static class StoredSignInCode
{
    public static SignInCode Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(row.Blob(0), row.Text(1), row.Time(2));

    public static TValues Write<TValues>(TValues statement, SignInCode code)
        where TValues : IStoredValues<TValues> => statement
        .Set("sha256", code.Sha256)
        .Set("token_sha256", code.TokenSha256)
        .Set("expires_at", code.ExpiresAt);
}
