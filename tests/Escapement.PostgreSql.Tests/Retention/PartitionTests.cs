using Escapement.PostgreSql.Retention;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Storage;
using Escapement.Stores.Conformance;

namespace Escapement.PostgreSql.Tests.Retention;

/// <summary>History lies in partitions that are there before they are needed and go whole.</summary>
public sealed class PartitionTests(PostgreSqlFixture store) : StoreFacts(store), IClassFixture<PostgreSqlFixture>
{
    private static readonly StoreTable Runs = StoreTable.All.Single(t => t.Name == "runs");
    private static readonly StoreTable Audit = StoreTable.All.Single(t => t.Name == "audit");

    private readonly PostgreSqlStoreOptions options = store.Options;

    [Fact]
    public async Task Open_PartitionsForNowAndWeeksAhead_AreThere()
    {
        var names = await Names();

        var now = TimeProvider.System.GetUtcNow();
        Assert.All(Partition.Wanted(new RetentionCutoffs(now, now, now)), p => Assert.Contains(p.Name, names));
        Assert.Contains(Partition.Holding(Runs, TimeProvider.System.GetUtcNow().AddDays(28)).Name, names);
    }

    [Fact]
    public async Task Step_OldPartition_IsDroppedWholeAndOpenRunsAreKept()
    {
        await Store.Retention.StepAsync(new RetentionCutoffs(T0, null, null));
        var week = Partition.Holding(Runs, T0).Name;
        var ended = await Created(await Installed(), Minute(0));
        var open = await Created(ended.Scope, Minute(0));
        var runs = (await Claim(Minute(0))).Runs;
        await Complete(Succeeded(runs.Single(r => r.Schedule == ended.Id), Minute(0)));
        Assert.Equal(1, await TestDatabase.ReadAsync<long>(options, $"SELECT count(*) FROM {week}"));
        var cutoffs = new RetentionCutoffs(T0.AddDays(60), T0.AddDays(30), null);

        Assert.DoesNotContain(week, await Names(cutoffs));
        Assert.Empty(await Ledger(ended));
        Assert.Equal(RunState.Running, Assert.Single(await Ledger(open)).State);

        await Complete(Succeeded(runs.Single(r => r.Schedule == open.Id), Minute(1)));
        Assert.Equal(RunState.Succeeded, Assert.Single(await Ledger(open)).State);
        await Names(cutoffs);
        Assert.Empty(await Ledger(open));
    }

    /// <summary>A day is kept, and last week is over: its partition would be made and dropped at every step.</summary>
    [Fact]
    public async Task Step_LessIsKeptThanAWeek_MakesNothingThatItDrops()
    {
        var cutoffs = new RetentionCutoffs(T0, T0.AddDays(-1), T0.AddDays(-1));
        await Store.Retention.StepAsync(cutoffs);

        Assert.Equal(0, (await Store.Retention.StepAsync(cutoffs)).Partitions);
        Assert.Contains(Partition.Holding(Runs, T0).Name, await Names());
        Assert.DoesNotContain(Partition.Holding(Runs, T0.AddDays(-7)).Name, await Names());
    }

    [Fact]
    public async Task Step_SomebodyReadsForLong_GivesUpSoonAndDropsLater()
    {
        await Store.Retention.StepAsync(new RetentionCutoffs(T0, null, null));
        var week = Partition.Holding(Runs, T0.AddDays(-7)).Name;
        var cutoffs = new RetentionCutoffs(T0.AddDays(60), T0, null);
        await using (var reader = await TestDatabase.OpenAsync(options))
        await using (var transaction = await reader.BeginTransactionAsync())
        await using (var command = new Npgsql.NpgsqlCommand($"SELECT count(*) FROM {week}", reader, transaction))
        {
            await command.ExecuteScalarAsync();
            Assert.Contains(week, await Names(cutoffs));
        }

        Assert.DoesNotContain(week, await Names(cutoffs));
    }

    [Theory]
    [InlineData("2026-03-02T00:00:00Z", "runs_20260302", "audit_202603")]
    [InlineData("2026-03-01T23:59:59Z", "runs_20260223", "audit_202603")]
    [InlineData("2026-02-28T23:59:59Z", "runs_20260223", "audit_202602")]
    public void Holding_WeekAndMonth_HoldTheInstantAndReadBack(string instant, string week, string month)
    {
        var at = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal((week, month), (Partition.Holding(Runs, at).Name, Partition.Holding(Audit, at).Name));
        Assert.All([Partition.Holding(Runs, at), Partition.Holding(Audit, at)], p =>
        {
            Assert.InRange(at, p.From, p.To.AddTicks(-1));
            Assert.Equal(p, Partition.OfName(p.Name));
        });
        Assert.Null(Partition.OfName("runs_other"));
    }

    private async Task<IReadOnlyList<string>> Names(RetentionCutoffs? cutoffs = null)
    {
        if (cutoffs is not null)
        {
            await Store.Retention.StepAsync(cutoffs);
        }

        var list = await TestDatabase.ReadAsync<string>(
            options,
            "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'");
        return list.Split(' ');
    }
}
