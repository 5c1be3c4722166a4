namespace Escapement.AspNetCore;

/// <summary>Where schedules, runs and all else are kept.</summary>
public enum StoreKind
{
    /// <summary>In a file in the data folder, for one node.</summary>
    Sqlite,

    /// <summary>In a PostgreSQL that any number of nodes share.</summary>
    PostgreSql,
}
