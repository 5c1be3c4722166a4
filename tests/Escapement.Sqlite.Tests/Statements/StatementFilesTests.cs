using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Escapement.Sqlite.Tests.Statements;

/// <summary>
/// Where statements lie. One that both stores can have lies in <c>src/Statements</c>; one that both have and that must differ says in its
/// first line, in both, why it does.
/// </summary>
public sealed partial class StatementFilesTests
{
    private static readonly Dictionary<string, string> Shared = FilesOf("Statements");
    private static readonly Dictionary<string, string> OfSqlite = FilesOf("Escapement.Sqlite");
    private static readonly Dictionary<string, string> OfPostgreSql = FilesOf("Escapement.PostgreSql");

    public static TheoryData<string> Pairs { get; } = [.. OfSqlite.Keys.Intersect(OfPostgreSql.Keys).Order(StringComparer.Ordinal)];

    [Fact]
    public void Files_AreFound() => Assert.All([Shared, OfSqlite, OfPostgreSql], files => Assert.True(files.Count > 20));

    [Fact]
    public void Shared_Statement_IsNoStoresOwnToo() => Assert.Empty(Shared.Keys.Intersect(OfSqlite.Keys.Union(OfPostgreSql.Keys)));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Pair_FirstLineOfBoth_SaysWhyTheyDiffer(string name)
    {
        Assert.Matches(Why(), OfSqlite[name]);
        Assert.Matches(Why(), OfPostgreSql[name]);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Pair_WithoutBucketCastAndLock_DiffersStill(string name) => Assert.NotEqual(Bare(OfSqlite[name]), Bare(OfPostgreSql[name]));

    // These would pass the rules if the rules saw nothing.
    [Theory]
    [InlineData(
        "SELECT id FROM runs WHERE id = :id;",
        "-- The same.\nSELECT r.id FROM runs r WHERE r.bucket = :bucket AND r.id = :id::uuid\nFOR UPDATE OF r;",
        true)]
    [InlineData("INSERT INTO runs (id) VALUES (:id);", "INSERT INTO runs (bucket, id) VALUES (:bucket, :id);", true)]
    [InlineData("SELECT id FROM runs WHERE id = :id;", "SELECT id FROM runs WHERE bucket = :bucket AND id = ANY (:ids);", false)]
    public void Bare_StatementsThatDifferByLittle_AreAlike(string one, string other, bool alike) => Assert.Equal(alike, Bare(one) == Bare(other));

    private static string Bare(string sql) => Space().Replace(Little().Replace(sql, ""), " ").Trim();

    private static Dictionary<string, string> FilesOf(string folder, [CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src", folder));
        return Directory.EnumerateFiles(root, "*.sql", SearchOption.AllDirectories)
            .Where(f => !Built().IsMatch(Path.GetRelativePath(root, f)) && Path.GetFileName(Path.GetDirectoryName(f)) != "Migrations")
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\A-- Differs: \S.{20,}")]
    private static partial Regex Why();

    // Comments, buckets, casts, locks, and the names that tables are called by.
    [GeneratedRegex(
        @"--[^\n]*|\b(\w+\.)?bucket = :bucket( AND)?|\bbucket, |:bucket, |::\w+|\nFOR [^;\n]*|" +
        @"\b[a-z]\w*\.(?=[a-z])|(?<=\b(?:FROM|JOIN|UPDATE) \w+) (?!WHERE|SET|ON)[a-z]\b|;")]
    private static partial Regex Little();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"^(bin|obj)\b")]
    private static partial Regex Built();
}
