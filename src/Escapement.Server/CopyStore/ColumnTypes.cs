using Escapement.Storage;
using NpgsqlTypes;

namespace Escapement.Server.CopyStore;

/// <summary>What a column is in PostgreSQL, for whoever writes it in binary.</summary>
internal static class ColumnTypes
{
    public static NpgsqlDbType Of(ColumnKind kind) => kind switch
    {
        ColumnKind.Id => NpgsqlDbType.Uuid,
        ColumnKind.Instant => NpgsqlDbType.TimestampTz,
        ColumnKind.Text => NpgsqlDbType.Text,
        ColumnKind.Utf8 or ColumnKind.Bytes => NpgsqlDbType.Bytea,
        ColumnKind.Short => NpgsqlDbType.Smallint,
        ColumnKind.Number => NpgsqlDbType.Integer,
        ColumnKind.Long => NpgsqlDbType.Bigint,
        ColumnKind.Real => NpgsqlDbType.Double,
        ColumnKind.Flag => NpgsqlDbType.Boolean,
        _ => NpgsqlDbType.Smallint,
    };
}
