namespace Escapement.Server.Configuration;

/// <summary>Something the program can do instead of being a server: the first word of the command line.</summary>
/// <param name="Word">That word.</param>
/// <param name="Cannot">What a refusal says it cannot do.</param>
/// <param name="Operand">What stands behind the word without a flag; null when nothing does.</param>
/// <param name="Flags">What says from where to where; everything else is about a server.</param>
internal sealed record Verb(string Word, string Cannot, string? Operand, params IReadOnlyList<string> Flags)
{
    public static readonly Verb CopyStore = new("copy-store", "copy the store", null, "--data", "--connection", "--schema", "--config");

    public static readonly Verb Migrate = new("migrate", "migrate", null, "--connection", "--schema", "--config");

    public static readonly Verb Check = new("check", "check the database", null, "--data", "--config");

    public static readonly Verb Backup = new("backup", "back up", "FILE", "--data", "--config");

    public static readonly Verb Restore = new("restore", "restore", "FILE", "--data", "--config");

    public static readonly IReadOnlyList<Verb> All = [CopyStore, Migrate, Check, Backup, Restore];

    /// <summary>Whether it has to do with PostgreSQL.</summary>
    public bool TakesConnection => Flags.Contains("--connection");

    public static Verb? Find(string word) => All.FirstOrDefault(v => v.Word == word);
}
