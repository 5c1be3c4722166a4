using System.Text.RegularExpressions;
using Escapement.PostgreSql.Connections;

namespace Escapement.PostgreSql.Tests.Citus;

/// <summary>What a distributed database asks of the statements, read from their files: one bucket each, and nothing that it would have to compute.</summary>
public sealed partial class StatementTests
{
    /// <summary>Statements that look at all buckets, and why that is right. All of them only read, or nobody waits for them.</summary>
    private static readonly Dictionary<string, string> AllBuckets = new(StringComparer.Ordinal)
    {
        ["peek"] = "One read for each sleep: a step into two indexes of each bucket, which the shards take side by side.",
        ["claim_buckets"] = "One read for each claim: which buckets have work at all.",
        ["recover_buckets"] = "One read for each look for lost runs, of an index that holds what is under way.",
        ["list_enabled_versions"] = "One read for each look at what is to be compiled, every half a minute.",
        ["count_version_installs"] = "One read for each withdrawal of a version.",
        ["health_read"] = "The probe: whether any shard cannot be read.",
        ["list_all_schedules_created"] = "An operator's page of a list: so many rows of each bucket, which the shards find side by side.",
        ["list_all_schedules_name"] = "As list_all_schedules_created.",
        ["list_all_schedules_newest"] = "As list_all_schedules_created.",
        ["list_all_schedules_name_backwards"] = "As list_all_schedules_created.",
        ["list_all_schedules_next"] = "As list_all_schedules_created.",
        ["list_all_schedules_resting"] = "As list_all_schedules_created.",
        ["list_all_schedules_failing"] = "As list_all_schedules_created: of an index that holds only what fails.",
        ["find_all_id"] = "An operator's question: a step into an index of each bucket and partition, which the shards take side by side.",
        ["list_all_started"] = "As list_all_schedules_created.",
        ["count_all_waiting"] = "An operator's look at what is late: as claim_buckets, a range of two indexes of each bucket.",
        ["list_all_audit"] = "As list_all_schedules_created.",
        ["list_all_ended_runs"] = "As list_all_schedules_created.",
        ["list_all_ended_runs_end"] = "As list_all_schedules_created.",
        ["list_all_unsuccessful_runs"] = "As list_all_schedules_created.",
        ["list_all_unsuccessful_runs_end"] = "As list_all_schedules_created.",
        ["list_all_not_run"] = "As list_all_schedules_created.",
        ["list_all_held"] = "As list_all_schedules_created.",
        ["count_all_held"] = "An operator's look at what did not run: of an index that holds only what is put aside.",
        ["list_extension_installs"] = "As list_all_schedules_created.",
        ["list_open_runs"] = "An operator's look at what goes on: tables that hold nothing else.",
        ["list_tenants"] = "As list_all_schedules_created; the counts lie in the bucket of each tenant.",
        ["find_all_schedules_failing"] = "An operator's search: of an index that holds only what fails.",
        ["find_all_schedules_paused"] = "An operator's search: of an index that holds only what has a pause of its own.",
        ["list_running_bulk_changes"] = "One read of each node every five seconds, of an index that holds only what goes on.",
        ["list_all_pauses"] = "With an operator's page of a list: pauses are few.",
        ["find_all_schedules_endpoint"] = "An operator's search: of an index of each shard.",
        ["find_all_schedules_text"] = "An operator's search: of the index of searches of each shard.",
        ["peek_there"] = "As peek, without the buckets of a machine that is away.",
        ["claim_buckets_there"] = "As claim_buckets, without those.",
        ["recover_buckets_there"] = "As recover_buckets, without those.",
        ["health_read_there"] = "As health_read, without those.",
    };

    /// <summary>Statements whose rows a distributed database carries over its coordinator on their way, and why that is right.</summary>
    private static readonly Dictionary<string, string> OverTheCoordinator = new(StringComparer.Ordinal)
    {
        ["record_run"] = "In two statements a plain PostgreSQL takes a twentieth longer over each run that ends.",
        ["abandon_queued"] = "Once for each schedule that is deleted.",
        ["abandon_queued_install"] = "Once for each install that is removed.",
        ["audit_backfill"] = "Once for each backfill that has ended, and there is an entry where there is nothing to count.",
    };

    private static readonly string[] Distributed = [.. DistributeScript.DistributedTables, "runs_other", "audit_other", "all_runs", "listed_schedules"];

    public static TheoryData<string> Files { get; } = [.. SqlText.Names().Except(SqlText.Migrations.Select(m => m.Name)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Files_AreFound() => Assert.True(Files.Count > 60);

    [Fact]
    public void Exceptions_AreStatementsThatNeedTobeOnes()
    {
        foreach (var name in AllBuckets.Keys)
        {
            Assert.NotEmpty(Unbound(Text(name)));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Statement_EachDistributedTableInIt_IsBoundToABucket(string name)
    {
        if (!AllBuckets.ContainsKey(name))
        {
            Assert.Empty(Unbound(Text(name)));
        }
    }

    /// <summary>
    /// What reads no distributed table, or what another statement deletes, a distributed database computes by itself, sends to the shard and
    /// commits in two phases.
    /// </summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Statement_ThatInsertsWhatItSelects_TakesTheBucketFromATableThere(string name) =>
        Assert.Equal(OverTheCoordinator.ContainsKey(name), InsertOfAValue().Matches(Text(name)).Any(m => Distributed.Contains(m.Groups["table"].Value)));

    [Theory]
    [MemberData(nameof(Files))]
    public void Statement_ThatLocksOrChanges_IsNoException(string name)
    {
        if (AllBuckets.ContainsKey(name))
        {
            Assert.DoesNotMatch(Locking(), Text(name));
            Assert.DoesNotMatch(Changing(), Text(name));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Statement_ThatChanges_CallsNoFunctionWhoseAnswerChanges(string name)
    {
        var text = Text(name);
        if (!Changing().IsMatch(text) || !Distributed.Any(t => Regex.IsMatch(text, $@"\b{t}\b")))
        {
            return;
        }

        Assert.DoesNotMatch(Clock(), text);
        Assert.DoesNotMatch(TimeArithmetic(), text);
        var called = string.Join(", ", Call().Matches(text).Select(m => $"'{m.Groups[1].Value}'").Append("''"));
        var changing = await TestDatabase.ReadAsync<string>(
            new PostgreSqlStoreOptions { ConnectionString = TestDatabase.ConnectionString, Schema = "public" },
            $"""
            SELECT coalesce(string_agg(DISTINCT proname, ', '), '') FROM pg_proc
            WHERE pronamespace = 'pg_catalog'::regnamespace AND provolatile <> 'i' AND proname IN ({called})
            """);
        Assert.Equal("", changing);
    }

    // These would pass the rules if the rules saw nothing.
    [Theory]
    [InlineData("SELECT 1 FROM runs WHERE tenant = $1", "runs")]
    [InlineData("SELECT 1 FROM runs r JOIN schedules s ON s.id = r.schedule_id WHERE r.bucket = $1", "schedules s")]
    [InlineData("UPDATE runs r SET state = 1 FROM unnest($1) AS v (id) WHERE r.id = v.id", "runs r")]
    [InlineData("DELETE FROM audit WHERE at < $1", "audit")]
    [InlineData("INSERT INTO runs (id, bucket) VALUES ($1, $2)", "INSERT runs")]
    [InlineData("INSERT INTO runs (bucket, id) SELECT v.bucket, v.id FROM unnest($1, $2) AS v (bucket, id)", "INSERT runs")]
    [InlineData("SELECT 1 FROM runs WHERE bucket = $1 AND EXISTS (SELECT 1 FROM schedules WHERE id = $2)", "schedules")]
    [InlineData("SELECT 1 FROM runs r WHERE r.bucket = $1 AND r.tenant > (SELECT r.tenant FROM runs r WHERE r.id = $2)", "runs r")]
    public void Rule_StatementWithoutABucket_IsFound(string text, string expected) => Assert.Equal([expected], Unbound(text));

    [Theory]
    [InlineData("SELECT 1 FROM runs WHERE bucket = $1")]
    [InlineData("SELECT 1 FROM runs r WHERE r.bucket = $2 AND r.id = $1")]
    [InlineData("INSERT INTO runs (bucket, id) SELECT $1, v.id FROM unnest($2) AS v (id)")]
    [InlineData("INSERT INTO runs (bucket, id) SELECT b.bucket, v.id FROM buckets b CROSS JOIN unnest($2) AS v (id) WHERE b.bucket = $1")]
    [InlineData("SELECT 1 FROM versions WHERE id = $1")]
    public void Rule_StatementWithABucket_Passes(string text) => Assert.Empty(Unbound(text));

    private static string Text(string name) => SqlText.Of(name).Text;

    /// <summary>
    /// The uses of distributed tables that no <c>bucket = $n</c> belongs to. Counted, because an alias may stand for one table in several
    /// places.
    /// </summary>
    private static List<string> Unbound(string text)
    {
        var unbound = Insert().Matches(text)
            .Where(m => Distributed.Contains(m.Groups["table"].Value) && !IsBound(m, text))
            .Select(m => $"INSERT {m.Groups["table"].Value}")
            .ToList();
        var uses = Use().Matches(text)
            .Where(m => Distributed.Contains(m.Groups["table"].Value))
            .Select(m => (Table: m.Groups["table"].Value, Alias: m.Groups["alias"].Value))
            .GroupBy(u => u.Alias);
        foreach (var group in uses)
        {
            var prefix = group.Key.Length == 0 ? @"(?<![\w.])" : $@"\b{group.Key}\.";
            var bound = Regex.Count(text, prefix + @"bucket = \$\d+");
            unbound.AddRange(group.Skip(bound).Select(u => u.Alias.Length == 0 ? u.Table : $"{u.Table} {u.Alias}"));
        }

        return unbound;
    }

    // By a value, or by a table's own bucket, which is bound then.
    private static bool IsBound(Match insert, string text) => insert.Groups["value"].Success
        || (insert.Groups["alias"] is { Success: true } alias && Regex.IsMatch(text, $@"\b{alias.Value}\.bucket = \$\d+"));

    [GeneratedRegex(@"\bINSERT INTO (?<table>\w+) (?:\(bucket,[^)]*\)\s+(?:VALUES \(|SELECT )(?:(?<value>\$\d+)|(?<alias>\w+)\.bucket\b))?")]
    private static partial Regex Insert();

    [GeneratedRegex(@"\bINSERT INTO (?<table>\w+) \([^)]*\)\s+SELECT \$\d+")]
    private static partial Regex InsertOfAValue();

    [GeneratedRegex(
        @"(?:\bFROM|\bJOIN|\bUPDATE(?! OF)|,)\s+(?<table>[a-z_]+)\b(?!\s*\()" +
        @"(?:\s+(?:AS\s+)?(?!(?:ON|WHERE|SET|JOIN|LEFT|CROSS|ORDER|GROUP|LIMIT|FOR|UNION)\b)(?<alias>[a-z]\w*))?")]
    private static partial Regex Use();

    [GeneratedRegex(@"\bFOR (NO KEY )?(UPDATE|SHARE)\b|\bFOR KEY SHARE\b")]
    private static partial Regex Locking();

    [GeneratedRegex(@"^(WITH [\s\S]*\)\s*)?(INSERT|UPDATE|DELETE)\b")]
    private static partial Regex Changing();

    [GeneratedRegex(@"\b(current_timestamp|current_date|current_time|localtime|localtimestamp|current_user|session_user)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b\w+_(at|until)\s*[-+]|\binterval\b", RegexOptions.IgnoreCase)]
    private static partial Regex TimeArithmetic();

    [GeneratedRegex(@"\b([a-z_][a-z_0-9]*)\s*\(")]
    private static partial Regex Call();
}
