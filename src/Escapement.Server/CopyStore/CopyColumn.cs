using NpgsqlTypes;

namespace Escapement.Server.CopyStore;

/// <summary>How a column's values lie in the two stores.</summary>
internal enum ColumnKind
{
    /// <summary>16 bytes; a uuid.</summary>
    Id,

    /// <summary>Milliseconds; a timestamptz.</summary>
    Instant,

    /// <summary>Text in both.</summary>
    Text,

    /// <summary>Text; its bytes.</summary>
    Utf8,

    /// <summary>Bytes in both.</summary>
    Bytes,

    /// <summary>A number; an integer.</summary>
    Number,

    /// <summary>A number; a bigint.</summary>
    Long,

    /// <summary>A real number in both.</summary>
    Real,

    /// <summary>0 or 1; a boolean.</summary>
    Flag,

    /// <summary>Nothing, because it is computed from the tenant; a smallint.</summary>
    Bucket,
}

/// <summary>A column of a table that is copied.</summary>
internal sealed record CopyColumn(string Name, ColumnKind Kind)
{
    /// <summary>Its type in PostgreSQL.</summary>
    public NpgsqlDbType Type => Kind switch
    {
        ColumnKind.Id => NpgsqlDbType.Uuid,
        ColumnKind.Instant => NpgsqlDbType.TimestampTz,
        ColumnKind.Text => NpgsqlDbType.Text,
        ColumnKind.Utf8 or ColumnKind.Bytes => NpgsqlDbType.Bytea,
        ColumnKind.Number => NpgsqlDbType.Integer,
        ColumnKind.Long => NpgsqlDbType.Bigint,
        ColumnKind.Real => NpgsqlDbType.Double,
        ColumnKind.Flag => NpgsqlDbType.Boolean,
        _ => NpgsqlDbType.Smallint,
    };
}
