using System.Text;
using Escapement.StoredForms;
using Npgsql;
using NpgsqlTypes;

namespace Escapement.PostgreSql.Connections;

/// <summary>One statement of a batch with its values, set by name. Instants are cut to the millisecond, as the other store keeps them.</summary>
internal sealed class BatchStatement : IStoredValues<BatchStatement>
{
    private readonly SqlText sql;
    private readonly NpgsqlParameter?[] values;

    public BatchStatement(SqlText sql)
    {
        this.sql = sql;
        values = new NpgsqlParameter[sql.Parameters.Count];
    }

    /// <summary>A statement by the name of its file.</summary>
    public static BatchStatement Of(string name) => new(SqlText.Of(name));

    public BatchStatement Set(string name, short value) => Put(name, new NpgsqlParameter<short> { TypedValue = value });

    public BatchStatement Set(string name, int value) => Put(name, new NpgsqlParameter<int> { TypedValue = value });

    public BatchStatement Set(string name, int? value) => Put(name, value, NpgsqlDbType.Integer);

    public BatchStatement Set(string name, long value) => Put(name, new NpgsqlParameter<long> { TypedValue = value });

    public BatchStatement Set(string name, long? value) => Put(name, value, NpgsqlDbType.Bigint);

    public BatchStatement Set(string name, double? value) => Put(name, value, NpgsqlDbType.Double);

    public BatchStatement Set(string name, bool value) => Put(name, new NpgsqlParameter<bool> { TypedValue = value });

    public BatchStatement Set(string name, Guid value) => Put(name, new NpgsqlParameter<Guid> { TypedValue = value });

    public BatchStatement Set(string name, Guid? value) => Put(name, value, NpgsqlDbType.Uuid);

    public BatchStatement Set(string name, DateTimeOffset value) =>
        Put(name, new NpgsqlParameter<DateTime> { TypedValue = Cut(value), NpgsqlDbType = NpgsqlDbType.TimestampTz });

    public BatchStatement Set(string name, DateTimeOffset? value) => Put(name, value is { } known ? Cut(known) : null, NpgsqlDbType.TimestampTz);

    public BatchStatement Set(string name, string? value) => Put(name, PgText.Clean(value), NpgsqlDbType.Text);

    public BatchStatement SetUtf8(string name, string? value) => Put(name, (object?)(value is null ? null : Encoding.UTF8.GetBytes(value)), NpgsqlDbType.Bytea);

    public BatchStatement Set(string name, ReadOnlyMemory<byte> value) =>
        Put(name, new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea });

    public BatchStatement Set(string name, IEnumerable<short> values) => Put(name, values.ToArray(), NpgsqlDbType.Smallint);

    public BatchStatement Set(string name, IEnumerable<int> values) => Put(name, values.ToArray(), NpgsqlDbType.Integer);

    public BatchStatement Set(string name, IEnumerable<int?> values) => Put(name, values.ToArray(), NpgsqlDbType.Integer);

    public BatchStatement Set(string name, IEnumerable<long?> values) => Put(name, values.ToArray(), NpgsqlDbType.Bigint);

    public BatchStatement Set(string name, IEnumerable<bool> values) => Put(name, values.ToArray(), NpgsqlDbType.Boolean);

    public BatchStatement Set(string name, IEnumerable<Guid> values) => Put(name, values.ToArray(), NpgsqlDbType.Uuid);

    public BatchStatement Set(string name, IEnumerable<Guid?> values) => Put(name, values.ToArray(), NpgsqlDbType.Uuid);

    public BatchStatement Set(string name, IEnumerable<string?> values) => Put(name, values.Select(PgText.Clean).ToArray(), NpgsqlDbType.Text);

    public BatchStatement Set(string name, IEnumerable<DateTimeOffset> values) => Put(name, values.Select(Cut).ToArray(), NpgsqlDbType.TimestampTz);

    public BatchStatement Set(string name, IEnumerable<DateTimeOffset?> values) =>
        Put(name, values.Select(v => v is { } known ? Cut(known) : (DateTime?)null).ToArray(), NpgsqlDbType.TimestampTz);

    /// <summary>The command that is sent.</summary>
    /// <exception cref="InvalidOperationException">A value was not set.</exception>
    public NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(sql.Text);
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.Add(values[i] ?? throw new InvalidOperationException($"{sql.Name}.sql needs a value for :{sql.Parameters[i]}."));
        }

        return command;
    }

    internal static DateTime Cut(DateTimeOffset value)
    {
        var utc = value.UtcDateTime;
        return new DateTime(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
    }

    private BatchStatement Put<T>(string name, T[] values, NpgsqlDbType element) =>
        Put(name, new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element });

    private BatchStatement Put(string name, object? value, NpgsqlDbType type) =>
        Put(name, new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });

    private BatchStatement Put(string name, NpgsqlParameter value)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (sql.Parameters[i] == name)
            {
                values[i] = value;
                return this;
            }
        }

        throw new ArgumentException($"{sql.Name}.sql has no parameter :{name}.", nameof(name));
    }
}
