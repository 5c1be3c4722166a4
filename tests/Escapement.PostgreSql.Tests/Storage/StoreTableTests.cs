using Escapement.PostgreSql.Tests.Citus;
using Escapement.Storage;

namespace Escapement.PostgreSql.Tests.Storage;

/// <summary>The list of tables says what the schema says, and distribution does what the list says.</summary>
public sealed class StoreTableTests(NewSchema schema) : IClassFixture<NewSchema>
{
    private readonly PostgreSqlStoreOptions options = schema.Options;

    [Fact]
    public async Task All_TablesAndColumns_AreThoseOfTheSchema() => Assert.Equal(
        StoreTable.All.SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name} {TypeOf(c.Kind)}")).Order(StringComparer.Ordinal),
        await ReadAsync("""
            SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND a.attnum > 0 AND NOT a.attisdropped
            """));

    [Fact]
    public async Task All_References_AreTheForeignKeysOfTheSchema() => Assert.Equal(
        StoreTable.All.SelectMany(t => t.RefersTo.Select(to => $"{t.Name} {to}")).Order(StringComparer.Ordinal),
        await ReadAsync("""
            SELECT DISTINCT conrelid::regclass || ' ' || confrelid::regclass
            FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
            """));

    [Fact]
    public async Task WithHistory_ArePartitionedByTheirColumn() => Assert.Equal(
        StoreTable.WithHistory.Select(t => $"{t.Name} RANGE ({t.History!.Column})").Order(StringComparer.Ordinal),
        await ReadAsync("""
            SELECT p.partrelid::regclass || ' ' || pg_get_partkeydef(p.partrelid)
            FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
            WHERE c.relnamespace = current_schema()::regnamespace
            """));

    [Fact]
    public void All_OfTenants_HaveABucketAndTheOthersNone() =>
        Assert.All(StoreTable.All, t => Assert.Equal(t.Owner == TableOwner.Tenant, t.Columns.Any(c => c is { Name: "bucket", Kind: ColumnKind.Bucket })));

    [Fact]
    public void All_Order_IsThatOfReferences() =>
        Assert.All(StoreTable.All, t => Assert.Subset(StoreTable.All.TakeWhile(o => o != t).Select(o => o.Name).ToHashSet(), t.RefersTo.ToHashSet()));

    [Fact]
    public void DistributeScript_Tables_AreThoseOfTheList()
    {
        Assert.Equal(StoreTable.All.Where(t => t.Owner == TableOwner.Registry).Select(t => t.Name), DistributeScript.ReferenceTables);
        Assert.Equal(StoreTable.All.Where(t => t.Owner == TableOwner.Tenant).Select(t => t.Name), DistributeScript.DistributedTables);
        Assert.All(
            DistributeScript.ListsOfTables,
            list => Assert.Equal(StoreTable.All.Select(t => t.Name), list));
    }

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Id => "uuid",
        ColumnKind.Instant => "timestamp with time zone",
        ColumnKind.Text => "text",
        ColumnKind.Utf8 or ColumnKind.Bytes => "bytea",
        ColumnKind.Short => "smallint",
        ColumnKind.Number => "integer",
        ColumnKind.Long => "bigint",
        ColumnKind.Real => "double precision",
        ColumnKind.Flag => "boolean",
        _ => "smallint",
    };

    private async Task<IEnumerable<string>> ReadAsync(string question) =>
        (await TestDatabase.ReadAsync<string>(options, $"SELECT string_agg(q.line, ';') FROM ({question}) AS q (line)"))
        .Split(';')
        .Order(StringComparer.Ordinal);
}
