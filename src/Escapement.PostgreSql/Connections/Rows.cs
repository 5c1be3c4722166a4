using System.Text;
using Escapement.StoredForms;
using Npgsql;

namespace Escapement.PostgreSql.Connections;

/// <summary>The answers of a batch, read forward once, by position.</summary>
internal sealed class Rows(NpgsqlDataReader reader) : IStoredRow, IAsyncDisposable
{
    /// <summary>Moves to the next row of this statement's answer.</summary>
    public Task<bool> ReadAsync(CancellationToken cancellationToken = default) => reader.ReadAsync(cancellationToken);

    /// <summary>Moves to the next answer; statements that answer no rows have none.</summary>
    public Task<bool> NextAsync(CancellationToken cancellationToken = default) => reader.NextResultAsync(cancellationToken);

    /// <summary>All rows of this statement's answer.</summary>
    public async ValueTask<List<T>> ListAsync<T>(Func<Rows, T> read, CancellationToken cancellationToken = default)
    {
        var list = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            list.Add(read(this));
        }

        return list;
    }

    /// <summary>The first row of this statement's answer, or null.</summary>
    public async ValueTask<T?> FirstAsync<T>(Func<Rows, T> read, CancellationToken cancellationToken = default)
        where T : class => await reader.ReadAsync(cancellationToken) ? read(this) : null;

    public bool IsNull(int column) => reader.IsDBNull(column);

    public short Short(int column) => reader.GetInt16(column);

    public int Int(int column) => reader.GetInt32(column);

    public int? IntOrNull(int column) => IsNull(column) ? null : Int(column);

    public long Long(int column) => reader.GetInt64(column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public bool Bool(int column) => reader.GetBoolean(column);

    public double? DoubleOrNull(int column) => IsNull(column) ? null : reader.GetDouble(column);

    public Guid Id(int column) => reader.GetGuid(column);

    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    public string Text(int column) => reader.GetString(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>A text that is kept as its bytes.</summary>
    public string? Utf8OrNull(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Blob(column));

    public byte[] Blob(int column) => reader.GetFieldValue<byte[]>(column);

    public DateTimeOffset Time(int column) => new(reader.GetDateTime(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public ValueTask DisposeAsync() => reader.DisposeAsync();
}
