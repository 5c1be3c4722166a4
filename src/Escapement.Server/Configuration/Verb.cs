namespace Escapement.Server.Configuration;

/// <summary>What the program does instead of starting a server, by the first word of the command line.</summary>
/// <param name="Word">The word.</param>
/// <param name="Flags">The flags that it takes: what says where; everything else is about a server.</param>
internal sealed record Verb(string Word, IReadOnlyList<string> Flags)
{
    /// <summary>Copies a SQLite installation into PostgreSQL.</summary>
    public static readonly Verb CopyStore = new("copy-store", ["--data", "--connection", "--schema", "--config"]);

    /// <summary>Brings the schema in PostgreSQL to its newest form.</summary>
    public static readonly Verb Migrate = new("migrate", ["--connection", "--schema", "--config"]);

    public static Verb? Find(string word) => word == CopyStore.Word ? CopyStore : word == Migrate.Word ? Migrate : null;
}
