using System.Text.RegularExpressions;
using Escapement.Storage;

namespace Escapement.PostgreSql.Tests.Migrations;

/// <summary>
/// What Citus refuses in a migration of a schema that is distributed. The first one is spared: it runs before there is anything to distribute.
/// </summary>
internal static partial class LaterMigrations
{
    /// <summary>What is wrong with a script, a line for each.</summary>
    public static IEnumerable<string> FindProblems(string script) =>
        Comment().Replace(script, "").Split(';').Select(s => s.Trim()).SelectMany(FindInStatement);

    private static IEnumerable<string> FindInStatement(string statement)
    {
        if (statement.StartsWith("UPDATE", StringComparison.Ordinal) && Changing().Match(statement) is { Success: true } called)
        {
            yield return $"UPDATE with {called.Value}: shards would get different values";
        }

        foreach (Match unique in Unique().Matches(statement))
        {
            var table = unique.Groups["on"] is { Success: true } on ? on.Value : Table().Match(statement).Groups["table"].Value;
            if (!IsReference(table) && unique.Groups["first"].Value != "bucket")
            {
                yield return $"unique key of {table} that does not begin with the bucket";
            }
        }

        if (statement.StartsWith("CREATE TABLE", StringComparison.Ordinal)
            && Reference().Matches(statement).Select(m => IsReference(m.Groups["table"].Value)).Distinct().Count() > 1)
        {
            yield return $"{Table().Match(statement).Groups["table"].Value} is made with references to both kinds of table: add them once it is distributed";
        }
    }

    private static bool IsReference(string table) => StoreTable.All.Any(t => t.Name == table && t.Owner == TableOwner.Registry);

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    // Those whose answer changes, and arithmetic with instants, which depends on the session's time zone.
    [GeneratedRegex(
        @"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|random|gen_random_uuid|nextval)\s*\(|" +
        @"\bcurrent_(timestamp|date|time)\b|\binterval\b")]
    private static partial Regex Changing();

    [GeneratedRegex(
        @"UNIQUE INDEX\s+\w+\s+ON\s+(?<on>\w+)\s*\((?<first>\w+)|(?:PRIMARY KEY|UNIQUE)\s*\((?<first>\w+)|" +
        @"\n\s*(?<first>\w+)\s[^,\n]*\b(?:PRIMARY KEY|UNIQUE)\s*[,\n)]")]
    private static partial Regex Unique();

    [GeneratedRegex(@"^(?:CREATE|ALTER) TABLE\s+(?<table>\w+)")]
    private static partial Regex Table();

    [GeneratedRegex(@"REFERENCES\s+(?<table>\w+)")]
    private static partial Regex Reference();
}
