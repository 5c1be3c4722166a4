using System.Buffers;
using System.Text;
using Escapement.StoredForms;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escapement.Sqlite.Connections;

/// <summary>
/// A prepared statement that is kept and used again. Bound and stepped without a command object in between, because the
/// firing path runs several for every run and a command's bookkeeping costs more than most of them.
/// </summary>
internal sealed class Statement : IStoredValues<Statement>, IDisposable
{
    private readonly sqlite3 db;
    private readonly sqlite3_stmt handle;
    private readonly Dictionary<string, int> parameters;

    public Statement(sqlite3 db, string sql)
    {
        this.db = db;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(db, sql, out handle), db);
        Columns = raw.sqlite3_column_count(handle);
        var count = raw.sqlite3_bind_parameter_count(handle);
        parameters = new Dictionary<string, int>(count, StringComparer.Ordinal);
        for (var i = 1; i <= count; i++)
        {
            parameters.Add(raw.sqlite3_bind_parameter_name(handle, i).utf8_to_string()[1..], i);
        }

        // A value that is set stays set. This store has one bucket, so nobody else need know of buckets.
        if (parameters.ContainsKey("bucket"))
        {
            Set("bucket", 0L);
        }
    }

    public Statement Set(string name, long value) => Checked(raw.sqlite3_bind_int64(handle, parameters[name], value));

    public Statement Set(string name, long? value) => value is { } known ? Set(name, known) : SetNull(name);

    public Statement Set(string name, double value) => Checked(raw.sqlite3_bind_double(handle, parameters[name], value));

    public Statement Set(string name, bool value) => Set(name, value ? 1L : 0L);

    public Statement Set(string name, DateTimeOffset value) => Set(name, value.ToUnixTimeMilliseconds());

    public Statement Set(string name, DateTimeOffset? value) => value is { } known ? Set(name, known) : SetNull(name);

    public Statement Set(string name, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Set(name, (ReadOnlySpan<byte>)bytes);
    }

    public Statement Set(string name, Guid? value) => value is { } known ? Set(name, known) : SetNull(name);

    public Statement Set(string name, ReadOnlyMemory<byte> value) => Set(name, value.Span);

    /// <summary>Sets bytes; an empty span is an empty value, not null.</summary>
    public Statement Set(string name, ReadOnlySpan<byte> value) => Checked(value.IsEmpty
        ? raw.sqlite3_bind_zeroblob(handle, parameters[name], 0)
        : raw.sqlite3_bind_blob(handle, parameters[name], value));

    public Statement Set(string name, string? value)
    {
        if (value is null)
        {
            return SetNull(name);
        }

        if (value.Length == 0)
        {
            return Checked(raw.sqlite3_bind_text(handle, parameters[name], ""));
        }

        const int onStack = 512;
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > onStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var buffer = rented ?? stackalloc byte[onStack];
        var length = Encoding.UTF8.GetBytes(value, buffer);
        var code = raw.sqlite3_bind_text(handle, parameters[name], buffer[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return Checked(code);
    }

    public Statement SetUtf8(string name, string? value) => Set(name, value);

    public Statement SetNull(string name) => Checked(raw.sqlite3_bind_null(handle, parameters[name]));

    /// <summary>Runs it to its end; answers how many rows it changed.</summary>
    public int Run()
    {
        try
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(db);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Whether it answers a row.</summary>
    public bool Any()
    {
        using var rows = Open();
        return rows.Read();
    }

    /// <summary>All rows that it answers.</summary>
    public List<T> List<T>(Func<Rows, T> read)
    {
        using var rows = Open();
        var list = new List<T>();
        while (rows.Read())
        {
            list.Add(read(rows));
        }

        return list;
    }

    /// <summary>The first row that it answers, or null.</summary>
    public T? First<T>(Func<Rows, T> read)
        where T : class
    {
        using var rows = Open();
        return rows.Read() ? read(rows) : null;
    }

    /// <summary>Starts it; the answer must be disposed of before the statement can be used again.</summary>
    public Rows Open() => new(this);

    internal sqlite3_stmt Handle => handle;

    /// <summary>How many it selects.</summary>
    internal int Columns { get; }

    internal bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(code, db);
        }

        return false;
    }

    // The code of a reset repeats the step's failure, which was thrown already.
    internal void Reset() => raw.sqlite3_reset(handle);

    public void Dispose() => handle.Dispose();

    private Statement Checked(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, db);
        }

        return this;
    }
}
