namespace Escapement.Storage;

/// <summary>A column of a table.</summary>
internal sealed record StoreColumn(string Name, ColumnKind Kind);

/// <summary>How a column's values lie in the two stores: in SQLite; in PostgreSQL.</summary>
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

    /// <summary>A number; a smallint.</summary>
    Short,

    /// <summary>A number; an integer.</summary>
    Number,

    /// <summary>A number; a bigint.</summary>
    Long,

    /// <summary>A real number in both.</summary>
    Real,

    /// <summary>0 or 1; a boolean.</summary>
    Flag,

    /// <summary>Always 0; a smallint that is computed from the tenant, or from what the row is about if that is no tenant's.</summary>
    Bucket,
}
