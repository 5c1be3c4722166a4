namespace Escapement.PostgreSql.Connections;

/// <summary>The keys of the locks that keep nodes apart where no row does. They are the database's, not a schema's: installations that share a database wait for one another there, which is short.</summary>
internal static class AdvisoryLock
{
    private const long Base = 0x45534341_00000000; // "ESCA"

    /// <summary>Held while the schema is brought up to date.</summary>
    public const long Migration = Base + 1;

    /// <summary>Held while the first token is made.</summary>
    public const long FirstToken = Base + 2;

    /// <summary>Held while partitions are made and dropped.</summary>
    public const long Retention = Base + 3;
}
