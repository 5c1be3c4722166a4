using Escapement.Repeats;

namespace Escapement.StoredForms;

/// <summary>
/// A kept answer as its columns, in the order in which <c>find_answer</c> selects them, and under the names by which <c>keep_answer</c> takes them.
/// </summary>
internal static class StoredAnswer
{
    /// <summary>Reads one. The hash of the body is that of what was answered then.</summary>
    public static KeptAnswer Read<TRow>(TRow row, RepeatableRequest request)
        where TRow : IStoredRow, allows ref struct =>
        new(request with { BodySha256 = row.Blob(0) }, row.Int(1), row.TextOrNull(2), row.Utf8OrNull(3)!, row.Time(4));

    public static TValues Write<TValues>(TValues statement, KeptAnswer answer)
        where TValues : IStoredValues<TValues> => statement
        .Set("request", answer.Request.Sha256)
        .Set("body", answer.Request.BodySha256)
        .Set("status", answer.Status)
        .Set("location", answer.Location)
        .SetUtf8("content", answer.Content)
        .Set("at", answer.At);

    public static TValues Ask<TValues>(TValues statement, RepeatableRequest request, DateTimeOffset from)
        where TValues : IStoredValues<TValues> => statement.Set("request", request.Sha256).Set("from", from);
}
