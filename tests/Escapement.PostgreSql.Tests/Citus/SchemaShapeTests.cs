namespace Escapement.PostgreSql.Tests.Citus;

/// <summary>What a distributed database asks of the tables, read from the catalog of a plain one.</summary>
public sealed class SchemaShapeTests(NewSchema schema) : IClassFixture<NewSchema>
{
    private readonly PostgreSqlStoreOptions options = schema.Options;

    private static string References => string.Join(", ", DistributeScript.ReferenceTables.Select(t => $"'{t}'"));

    // Partitions included: they get their keys from their tables, and a later one could be given others.
    private static string Distributed => $"""
        SELECT c.oid, c.relname FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT IN ({References})
        """;

    [Fact]
    public async Task Tables_NotReferences_AreThere() =>
        Assert.True(await TestDatabase.ReadAsync<long>(options, $"SELECT count(*) FROM ({Distributed}) d") > DistributeScript.DistributedTables.Count);

    [Fact]
    public Task Tables_NotReferences_HaveASmallintBucketThatIsNeverNull() => NoneAsync($"""
        SELECT d.relname FROM ({Distributed}) d
        LEFT JOIN pg_attribute a ON a.attrelid = d.oid AND a.attname = 'bucket'
        WHERE a.atttypid IS DISTINCT FROM 'smallint'::regtype OR NOT a.attnotnull
        """);

    [Fact]
    public Task Tables_NotReferences_HaveAPrimaryKey() => NoneAsync($"""
        SELECT d.relname FROM ({Distributed}) d
        WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = d.oid AND k.contype = 'p')
        """);

    /// <summary>Unique constraints are unique indexes too. One without the bucket would have to be checked on all shards.</summary>
    [Fact]
    public Task UniqueIndexes_OfTablesThatAreDistributed_HoldTheBucket() => NoneAsync($"""
        SELECT x.indexrelid::regclass::text FROM ({Distributed}) d
        JOIN pg_index x ON x.indrelid = d.oid AND x.indisunique
        WHERE NOT EXISTS (
          SELECT 1 FROM pg_attribute a
          WHERE a.attrelid = d.oid AND a.attname = 'bucket' AND a.attnum = ANY ((x.indkey::smallint[])[0:x.indnkeyatts - 1]))
        """);

    /// <summary>
    /// Statements name the bucket and something else, and answer to one index; behind another column it would be read in vain. The index of searches
    /// is no tree: it has no order, and a shard has one of its own. What lists all tenants asks every shard, and each is to answer in the list's order.
    /// </summary>
    [Fact]
    public Task Indexes_OfTablesThatAreDistributed_BeginWithTheBucket() => NoneAsync($"""
        SELECT x.indexrelid::regclass::text FROM ({Distributed}) d
        JOIN pg_index x ON x.indrelid = d.oid
        JOIN pg_class i ON i.oid = x.indexrelid AND i.relam = (SELECT m.oid FROM pg_am m WHERE m.amname = 'btree')
        LEFT JOIN pg_attribute a ON a.attrelid = d.oid AND a.attnum = x.indkey[0]
        WHERE a.attname IS DISTINCT FROM 'bucket'
          AND i.relname NOT IN ('schedule_texts_label', 'schedule_texts_created', 'schedule_texts_endpoint')
        """);

    [Fact]
    public Task ForeignKeys_BetweenTablesThatAreDistributed_HoldTheBucketAtTheSamePlace() => NoneAsync($"""
        SELECT k.conname::text FROM pg_constraint k
        JOIN ({Distributed}) d ON d.oid = k.conrelid
        JOIN ({Distributed}) e ON e.oid = k.confrelid
        WHERE k.contype = 'f' AND NOT EXISTS (
          SELECT 1 FROM unnest(k.conkey, k.confkey) AS p (mine, theirs)
          JOIN pg_attribute a ON a.attrelid = d.oid AND a.attnum = p.mine AND a.attname = 'bucket'
          JOIN pg_attribute b ON b.attrelid = e.oid AND b.attnum = p.theirs AND b.attname = 'bucket')
        """);

    /// <summary>A registry's row that refers to a tenant's would have to be checked across machines.</summary>
    [Fact]
    public Task ForeignKeys_OfReferenceTables_AimAtReferenceTables() => NoneAsync($"""
        SELECT k.conname::text FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid AND c.relname IN ({References})
        JOIN ({Distributed}) e ON e.oid = k.confrelid
        WHERE k.contype = 'f'
        """);

    [Fact]
    public Task Schema_Sequences_AreNone() => NoneAsync("SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S'");

    [Fact]
    public Task Schema_TriggersOfItsOwn_AreNone() => NoneAsync("""
        SELECT t.tgname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
        """);

    [Fact]
    public Task Columns_ThatFillThemselves_AreConstants() => NoneAsync("""
        SELECT c.relname || '.' || a.attname FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
          AND (a.attidentity <> '' OR a.attgenerated <> '' OR pg_get_expr(f.adbin, f.adrelid) !~ '^([0-9]+|true|false)$')
        """);

    private async Task NoneAsync(string question) =>
        Assert.Equal(
            "",
            await TestDatabase.ReadAsync<string>(options, $"SELECT coalesce(string_agg(q.name, ', ' ORDER BY q.name), '') FROM ({question}) AS q (name)"));
}
