namespace Escapement.StoredForms;

/// <summary>A row that a statement answered, in whichever store: its columns by position.</summary>
internal interface IStoredRow
{
    int Int(int column);

    int? IntOrNull(int column);

    long Long(int column);

    long? LongOrNull(int column);

    bool Bool(int column);

    Guid Id(int column);

    Guid? IdOrNull(int column);

    string Text(int column);

    string? TextOrNull(int column);

    /// <summary>A text that a store may keep as its bytes.</summary>
    string? Utf8OrNull(int column);

    byte[] Blob(int column);

    DateTimeOffset Time(int column);

    DateTimeOffset? TimeOrNull(int column);
}
