using Escapement.PostgreSql.Tests;
using Escapement.Server.CopyStore;
using Escapement.Sqlite.Tests;
using Escapement.Storage;
using Escapement.Stores.Conformance;

namespace Escapement.Server.Tests.CopyStore;

/// <summary>A copy can be broken off anywhere and run again, and is not done until all was compared.</summary>
public sealed class CopyAgainTests(SqliteFixture sqlite) : CopyFacts(sqlite), IClassFixture<SqliteFixture>
{
    public static TheoryData<string> Tables { get; } = [.. StoreTable.Copied.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Copy_BrokenOffInATable_EndsTheSameWhenRunAgain(string table)
    {
        await FillAsync();
        await Assert.ThrowsAsync<PowerCut>(() => CopyAsync(new CutIn(table)));
        await RefusesNodesAsync();

        var again = new Log();
        var report = await CopyAsync(again);

        Assert.Empty(report.Different);
        Assert.All(report.Tables, t => Assert.Equal(t.Source, t.Target));
        Assert.Equal(StoreTable.Copied.TakeWhile(t => t.Name != table).Select(t => t.Name), again.WereThere);
        await (await OpenTargetAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Copy_BrokenOffBeforeComparing_FindsAllThere()
    {
        await FillAsync();
        await Assert.ThrowsAsync<PowerCut>(() => CopyAsync(new CutIn("")));
        await RefusesNodesAsync();

        var again = new Log();
        await CopyAsync(again);

        Assert.Equal(StoreTable.Copied.Select(t => t.Name), again.WereThere);
    }

    [Fact]
    public async Task Copy_SourceChangedAfterItWasBrokenOff_IsCopiedAsItIsNow()
    {
        await FillAsync();
        await Assert.ThrowsAsync<PowerCut>(() => CopyAsync(new CutIn(StoreTable.Copied[^1].Name)));
        await Sqlite.OpenAsync();
        var scope = Schedules[0].Scope;
        await Store.Schedules.DeleteAsync(scope, Schedules[0].Id, Limits(), Entry("schedule.delete"));
        await Sqlite.CloseAsync();

        var report = await CopyAsync();

        Assert.Empty(report.Different);
        await using var target = await OpenTargetAsync();
        Assert.Null(await target.Schedules.GetAsync(scope, Schedules[0].Id));
    }

    [Theory]
    [InlineData("versions", "UPDATE versions SET manifest = manifest || ' ' WHERE version = '2.0.0-rc.1'")]
    [InlineData("endpoints", "UPDATE endpoints SET schedulable = NOT schedulable WHERE id = (SELECT min(id::text)::uuid FROM endpoints)")]
    [InlineData("bundles", "UPDATE bundles SET content = set_byte(content, 2999999, 255 - get_byte(content, 2999999)) WHERE length(content) = 3000000")]
    [InlineData("installs", "UPDATE installs SET rate_level = rate_level + 1e-9 WHERE tenant = 'acme'")]
    [InlineData("schedules", "UPDATE schedules SET payload = '\\x00' WHERE payload IS NULL")]
    [InlineData("schedules", "UPDATE schedules SET last_due_at = last_due_at + interval '1 microsecond' WHERE last_due_at IS NOT NULL")]
    [InlineData("runs", "UPDATE runs SET evidence = '' WHERE id = (SELECT min(id::text)::uuid FROM runs WHERE evidence IS NULL)")]
    [InlineData("queued_runs", "UPDATE queued_runs SET available_at = available_at + interval '1 microsecond'")]
    [InlineData("running_runs", "UPDATE running_runs SET node = node || ' '")]
    [InlineData("schedule_definitions", "UPDATE schedule_definitions SET changed_by = 'other' WHERE until_at IS NULL")]
    [InlineData("past_payloads", "UPDATE past_payloads SET payload = '\\x00' WHERE tenant = 'acme'")]
    [InlineData("calls", "UPDATE calls SET duration_ms = duration_ms + 1 WHERE tenant = 'acme'")]
    [InlineData("audit", "DELETE FROM audit WHERE id = (SELECT max(id::text)::uuid FROM audit)")]
    [InlineData("audit_values", "UPDATE audit_values SET content = '\\x00' WHERE tenant = 'acme'")]
    [InlineData("keys", "UPDATE keys SET content = '\\x00'")]
    [InlineData("tokens", "UPDATE tokens SET name = 'other'")]
    public async Task Copy_RowChangedBeforeComparing_NamesTheTableAndIsMendedByAnother(string table, string change)
    {
        await FillAsync();

        var meddle = new Meddle(() => TestDatabase.RunAsync(Options, change).GetAwaiter().GetResult());
        var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => CopyAsync(meddle));

        Assert.StartsWith($"The copy differs from its source in {table}. ", refused.Message, StringComparison.Ordinal);
        await RefusesNodesAsync();
        Assert.Empty((await CopyAsync()).Different);
        await (await OpenTargetAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Copy_DoneAlready_DoesNothingEvenWhenNodesHaveWorkedSince()
    {
        await FillAsync();
        await CopyAsync();
        await TestDatabase.RunAsync(Options, "UPDATE tokens SET name = 'renamed since'");

        var again = new Log();
        var report = await CopyAsync(again);

        Assert.NotNull(report.CopiedBefore);
        Assert.Equal(["checking"], again.Lines);
        Assert.Equal("renamed since", await TestDatabase.ReadAsync<string>(Options, "SELECT name FROM tokens"));
    }

    [Fact]
    public async Task Copy_DoneAlreadyAndSourceChangedSince_IsRefusedAndTouchesNothing()
    {
        await FillAsync();
        await CopyAsync();
        await Sqlite.OpenAsync();
        await Store.Audit.AppendAsync([Entry("schedule.list")]);
        await Sqlite.CloseAsync();
        var rows = await TestDatabase.ReadAsync<long>(Options, "SELECT count(*) FROM audit");

        var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => CopyAsync());

        Assert.Contains("has changed since", refused.Message, StringComparison.Ordinal);
        Assert.Equal(rows, await TestDatabase.ReadAsync<long>(Options, "SELECT count(*) FROM audit"));
    }

    private async Task RefusesNodesAsync()
    {
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(OpenTargetAsync);
        Assert.Contains("Run escapement-server copy-store again", refused.Message, StringComparison.Ordinal);
    }

    private sealed class PowerCut : Exception;

    /// <summary>Ends the copy after the first row of a table; with no table, when all are stored.</summary>
    private sealed class CutIn(string table) : Silent
    {
        public override void Copied(string name, long rows)
        {
            if (name == table)
            {
                throw new PowerCut();
            }
        }

        public override void Comparing() => throw new PowerCut();
    }

    private sealed class Meddle(Action change) : Silent
    {
        public override void Comparing() => change();
    }

    private sealed class Log : Silent
    {
        public List<string> WereThere { get; } = [];

        public List<string> Lines { get; } = [];

        public override void Checking() => Lines.Add("checking");

        public override void Begun(string table) => Lines.Add(table);

        public override void Done(string table, long rows, bool wasThere)
        {
            if (wasThere)
            {
                WereThere.Add(table);
            }
        }
    }
}
