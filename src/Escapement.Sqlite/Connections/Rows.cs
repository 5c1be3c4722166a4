using System.Text;
using Escapement.StoredForms;
using SQLitePCL;

namespace Escapement.Sqlite.Connections;

/// <summary>The rows of a started statement, read forward once, by position.</summary>
internal readonly ref struct Rows(Statement statement) : IStoredRow, IDisposable
{
    public bool Read() => statement.Step();

    public bool IsNull(int column) => raw.sqlite3_column_type(statement.Handle, Selected(column)) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(statement.Handle, Selected(column));

    public int Int(int column) => raw.sqlite3_column_int(statement.Handle, Selected(column));

    public int? IntOrNull(int column) => IsNull(column) ? null : Int(column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public bool Bool(int column) => Int(column) != 0;

    public double Double(int column) => raw.sqlite3_column_double(statement.Handle, Selected(column));

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Long(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public Guid Id(int column) => new(Bytes(column), bigEndian: true);

    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    /// <summary>Valid until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement.Handle, Selected(column));

    // By its bytes, not as a zero-terminated string: a text may hold any character.
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    // Text is kept as its bytes here anyway.
    public string? Utf8OrNull(int column) => TextOrNull(column);

    public byte[] Blob(int column) => Bytes(column).ToArray();

    public void Dispose() => statement.Reset();

    // SQLite itself answers zero or null for what a statement does not select.
    private int Selected(int column) => (uint)column < (uint)statement.Columns
        ? column
        : throw new ArgumentOutOfRangeException(nameof(column), column, $"The statement selects {statement.Columns} columns, counted from 0");
}
