using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Escapement.PostgreSql.Tests.Citus;

/// <summary><c>deploy/citus/distribute.sql</c>, and stand-ins for what it calls: they write down what was asked of them.</summary>
internal static partial class DistributeScript
{
    /// <summary>
    /// Citus's functions and its catalog table, as far as the script uses them. They refuse what the real ones refuse: a table that
    /// has or is the aim of a foreign key, and one that is distributed already.
    /// </summary>
    public const string StandIns = """
        CREATE TABLE pg_dist_partition (logicalrelid regclass NOT NULL PRIMARY KEY, partmethod "char" NOT NULL, repmodel "char" NOT NULL);
        CREATE TABLE asked (number integer GENERATED ALWAYS AS IDENTITY, call text NOT NULL);

        CREATE FUNCTION take(what regclass, method "char", model "char") RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f' AND what IN (conrelid, confrelid)) THEN
            RAISE EXCEPTION 'cannot create foreign key constraint: % has one before it is distributed', what;
          END IF;
          INSERT INTO pg_dist_partition
            SELECT what, method, model UNION ALL SELECT inhrelid, method, model FROM pg_inherits WHERE inhparent = what
            ON CONFLICT (logicalrelid) DO UPDATE SET partmethod = method, repmodel = model;
        END $$;

        CREATE FUNCTION create_reference_table(table_name regclass) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM take(table_name, 'n', 't');
          INSERT INTO asked (call) VALUES (format('reference %s', table_name));
        END $$;

        CREATE FUNCTION create_distributed_table(
          table_name regclass, distribution_column text, distribution_type text DEFAULT 'hash', colocate_with text DEFAULT 'default',
          shard_count integer DEFAULT NULL)
        RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM take(table_name, 'h', 's');
          INSERT INTO asked (call) VALUES (format('distributed %s by %s with %s',
            table_name, distribution_column, coalesce(colocate_with || ' on ' || shard_count, colocate_with)));
        END $$;

        CREATE FUNCTION truncate_local_data_after_distributing_table(table_name regclass) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO asked (call) VALUES (format('truncate %s', table_name));
        END $$;
        """;

    public static string Text { get; } = File.ReadAllText(Path.Combine(Root(), "deploy", "citus", "distribute.sql"));

    /// <summary>The tables that the script makes reference tables.</summary>
    public static IReadOnlyList<string> ReferenceTables { get; } = [.. Reference().Matches(Text).Select(m => m.Groups[1].Value)];

    /// <summary>The tables that the script distributes.</summary>
    public static IReadOnlyList<string> DistributedTables { get; } = [.. Distributed().Matches(Text).Select(m => m.Groups[1].Value)];

    /// <summary>The lists of all tables that the script has, one for each thing that it does with all of them.</summary>
    public static IReadOnlyList<string[]> ListsOfTables { get; } =
        [.. List().Matches(Text).Select(m => m.Groups[1].Value.Split(',').Select(n => n.Trim(' ', '\n', '\'')).ToArray())];

    /// <summary>What psql would send, with its variables filled in.</summary>
    public static string For(string schema) => Command().Replace(Text, "")
        .Replace(":\"schema\"", $"\"{schema}\"", StringComparison.Ordinal)
        .Replace(":shards", DefaultShards().Match(Text).Groups[1].Value, StringComparison.Ordinal);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"^\s*\\.*$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"\\set shards (\d+)")]
    private static partial Regex DefaultShards();

    [GeneratedRegex(@"(?:ARRAY\[|relname IN \()('migrations',[^\])]*)")]
    private static partial Regex List();

    [GeneratedRegex(@"create_reference_table\('(\w+)'\)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"create_distributed_table\('(\w+)', 'bucket'")]
    private static partial Regex Distributed();
}
