using System.Text;
using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Storage;

namespace Escapement.Stores.Conformance;

public abstract class RegistryFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Publish_New_ComesBackAsGiven()
    {
        var version = Version();
        var bundle = Encoding.UTF8.GetBytes("bundle");

        var outcome = Assert.IsType<PublishOutcome.Published>(await Store.Versions.PublishAsync(version, bundle, Entry("version.publish")));

        Assert.True(outcome.IsNew);
        ExtensionVersion?[] all =
        [
            await Store.Versions.GetAsync(version.Id),
            await Store.Versions.FindAsync("com.acme.sync", "1.0.0"),
            Assert.Single(await Store.Versions.ListAsync()),
        ];
        foreach (var stored in all)
        {
            Assert.NotNull(stored);
            Assert.Equal(
                (version.Id, version.BundleSha256, version.ComponentSha256, version.PublishedAt),
                (stored.Id, stored.BundleSha256, stored.ComponentSha256, stored.PublishedAt));
            Assert.Equal((version.ComponentBytes, version.PublishedBy, null), (stored.ComponentBytes, stored.PublishedBy, stored.WithdrawnAt));
            Assert.Equal(version.Endpoints, stored.Endpoints);
            Assert.Equal(version.Manifest.Endpoints, stored.Manifest.Endpoints);
            Assert.Equal(version.Manifest.Capabilities.Order(), stored.Manifest.Capabilities.Order());
            Assert.Equal((version.Manifest.Json, "Acme", "wasm-js@1"), (stored.Manifest.Json, stored.Manifest.Publisher, stored.Manifest.Runtime));
        }

        Assert.Equal(bundle, await Store.Versions.GetBundleAsync(version.Id));
    }

    [Fact]
    public async Task Publish_OtherBytesOrTheSameAgain_ChangesNothingAndLeavesNoEntry()
    {
        var first = Version();
        await Store.Versions.PublishAsync(first, new byte[] { 1 }, Entry("version.publish"));
        var before = await Store.Audit.ListAsync(Acme, 9);

        var other = await Store.Versions.PublishAsync(Version(bundle: "other"), new byte[] { 2 }, Entry("version.publish"));
        var same = await Store.Versions.PublishAsync(Version(), new byte[] { 1 }, Entry("version.publish"));

        Assert.Equal(first.Id, Assert.IsType<PublishOutcome.OtherBytes>(other).Existing.Id);
        Assert.False(IsNew(same));
        Assert.Equal(first.Id, Assert.Single(await Store.Versions.ListAsync()).Id);
        Assert.Equal(new byte[] { 1 }, await Store.Versions.GetBundleAsync(first.Id));
        Assert.Equal(before, await Store.Audit.ListAsync(Acme, 9));
    }

    [Fact]
    public async Task Publish_AsMuchAsThePublisherMay_IsTakenAndOneByteMoreIsNotUntilSomethingIsWithdrawn()
    {
        var first = Version();
        var next = Version("com.acme.more", bundle: "more");
        var others = Version("com.acme.other", bundle: "other") with { PublishedBy = "another" };
        var manifest = first.Manifest.StoredBytes;
        Assert.Equal(manifest, next.Manifest.StoredBytes);
        var quota = 100 + (2 * manifest);
        await PublishAsync(first, 60, quota);
        var before = await Store.Audit.ListAsync(Acme, 9);

        Assert.Equal(new PublishOutcome.OverQuota(60 + manifest, 41 + manifest), await PublishAsync(next, 41, quota));
        Assert.Null(await Store.Versions.GetAsync(next.Id));
        Assert.Equal(before, await Store.Audit.ListAsync(Acme, 9));

        // What others publish does not count, and the same bytes again are no more than there are.
        Assert.True(IsNew(await PublishAsync(others, 100, quota)));
        Assert.True(IsNew(await PublishAsync(next, 40, quota)));
        Assert.False(IsNew(await PublishAsync(first, 60, quota)));

        // Its bundle makes room, and its manifest does not.
        await Store.Versions.WithdrawAsync(first, Minute(1), Entry("version.withdraw"));
        var last = Version("com.acme.last", bundle: "last");
        var room = 60 - (int)manifest;
        Assert.Equal(new PublishOutcome.OverQuota(40 + (2 * manifest), 61), await PublishAsync(last, room + 1, quota));
        Assert.True(IsNew(await PublishAsync(last, room, quota)));
        Assert.Equal(new PublishOutcome.OverQuota(quota, 60), await PublishAsync(first, 60, quota));
    }

    [Fact]
    public async Task Publish_WithdrawnByAnother_IsKeptOfWhoeverBroughtItBack()
    {
        var version = Version();
        var again = version with { PublishedBy = "another" };
        var manifest = version.Manifest.StoredBytes;
        await PublishAsync(version, 60, long.MaxValue);
        await Store.Versions.WithdrawAsync(version, Minute(1), Entry("version.withdraw"));

        Assert.Equal(new PublishOutcome.OverQuota(0, 60 + manifest), await PublishAsync(again, 60, 59 + manifest));
        Assert.Equal(new PublishOutcome.OverQuota(manifest, 60), await PublishAsync(version, 60, 59 + manifest));
        Assert.True(IsNew(await PublishAsync(again, 60, 60 + manifest)));

        var next = Version("com.acme.more", bundle: "more");
        Assert.Equal(new PublishOutcome.OverQuota(0, 1 + manifest), await PublishAsync(next, 1, 1));
        Assert.Equal(new PublishOutcome.OverQuota(60 + manifest, 1 + manifest), await PublishAsync(next with { PublishedBy = "another" }, 1, 1));
    }

    [Fact]
    public async Task Publish_ManyAtOnceOfOnePublisher_StayWithinItsQuota()
    {
        var all = Enumerable.Range(0, 8).Select(i => Version($"com.acme.r{i}", bundle: $"{i}")).ToList();
        var quota = 3 * (10 + all[0].Manifest.StoredBytes);

        var outcomes = await Task.WhenAll(all.Select(v => Task.Run(() => PublishAsync(v, 10, quota))));

        Assert.Equal(3, outcomes.Count(o => o is PublishOutcome.Published));
        Assert.Equal(3, (await Store.Versions.ListAsync()).Count);
    }

    [Fact]
    public async Task Publish_AsManyAsMayWait_IsTakenAndOneMoreIsNotUntilOneWaitsNoLonger()
    {
        var all = Enumerable.Range(0, 6).Select(i => Version($"com.acme.r{i}", bundle: $"{i}")).ToList();
        var quota = new PublisherQuota(Waiting: 2);
        Assert.True(IsNew(await PublishAsync(all[0], 1, quota)));
        Assert.True(IsNew(await PublishAsync(all[1], 1, quota)));
        var before = await Store.Audit.ListAsync(Acme, 9);

        Assert.Equal(new PublishOutcome.OverWaiting(2), await PublishAsync(all[2], 1, quota));
        Assert.Null(await Store.Versions.GetAsync(all[2].Id));
        Assert.Equal(before, await Store.Audit.ListAsync(Acme, 9));

        // Others' versions do not count, and the same bytes again are no more than there are.
        Assert.True(IsNew(await PublishAsync(all[5] with { PublishedBy = "another" }, 1, quota)));
        Assert.False(IsNew(await PublishAsync(all[1], 1, quota)));

        // What was refused for a while is tried again, and waits for that.
        await EndCompilationAsync(all[0], "one", new CompilationEnd("lost", Minute(60)));
        Assert.Equal(new PublishOutcome.OverWaiting(2), await PublishAsync(all[2], 1, quota));
        await EndCompilationAsync(all[0], "another", new CompilationEnd());
        Assert.True(IsNew(await PublishAsync(all[2], 1, quota)));

        Assert.Equal(new PublishOutcome.OverWaiting(2), await PublishAsync(all[3], 1, quota));
        await EndCompilationAsync(all[1], "one", new CompilationEnd("It has no handler"));
        Assert.True(IsNew(await PublishAsync(all[3], 1, quota)));

        Assert.Equal(new PublishOutcome.OverWaiting(2), await PublishAsync(all[4], 1, quota));
        await Store.Versions.WithdrawAsync(all[2], Minute(1), Entry("version.withdraw"));
        Assert.True(IsNew(await PublishAsync(all[4], 1, quota)));
        Assert.Equal(new PublishOutcome.OverWaiting(2), await PublishAsync(all[2], 1, quota));
    }

    [Fact]
    public async Task Publish_ManyAtOnceOfOnePublisher_AsManyWaitAsMay()
    {
        var all = Enumerable.Range(0, 8).Select(i => Version($"com.acme.r{i}", bundle: $"{i}")).ToList();

        var outcomes = await Task.WhenAll(all.Select(v => Task.Run(() => PublishAsync(v, 10, new PublisherQuota(Waiting: 3)))));

        Assert.Equal(3, outcomes.Count(o => o is PublishOutcome.Published));
        Assert.Equal(3, (await Store.Versions.ListAsync()).Count);
    }

    /// <summary>Each under a name of its own, so that no quota has one wait for the other: the second met the bundle that the first had stored.</summary>
    [Fact]
    public async Task Publish_WithdrawnByTwoAtOnce_OneBringsItBack()
    {
        for (var round = 0; round < 10; round++)
        {
            var version = await Published($"com.acme.r{round}");
            await Store.Versions.WithdrawAsync(version, Minute(1), Entry("version.withdraw"));
            var again = Enumerable.Range(0, 4).Select(i => version with { Id = new VersionId(NewId()), PublishedBy = $"p{i}" });

            var outcomes = await Task.WhenAll(again.Select(v => Task.Run(() => PublishAsync(v, 10, new PublisherQuota()))));

            Assert.Single(outcomes, IsNew);
            Assert.All(outcomes, o => Assert.Equal(version.Id, Assert.IsType<PublishOutcome.Published>(o).Version.Id));
        }
    }

    [Fact]
    public async Task Withdraw_NobodyHasIt_TakesTheBundleAndKeepsTheNumber()
    {
        var version = await Published();
        var entry = Entry("version.withdraw");

        Assert.IsType<WithdrawOutcome.Withdrawn>(await Store.Versions.WithdrawAsync(version, Minute(1), entry));

        Assert.Null(await Store.Versions.GetBundleAsync(version.Id));
        Assert.Empty(await Store.Versions.ListAsync());
        Assert.Equal(Minute(1), (await Store.Versions.GetAsync(version.Id))!.WithdrawnAt);
        Assert.Equal(Minute(1), (await Store.Versions.FindAsync("com.acme.sync", "1.0.0"))!.WithdrawnAt);
        Assert.Equal(AuditOutcome.Done, (await Store.Audit.ListAsync(Acme, 9)).Single(e => e.Id == entry.Id).Outcome);
        Assert.IsType<PublishOutcome.OtherBytes>(await Store.Versions.PublishAsync(Version(bundle: "other"), new byte[] { 2 }, Entry("version.publish")));
        Assert.IsType<InstallOutcome.VersionWithdrawn>(await Store.Installs.AddAsync(NewInstall(version, Acme), Entry("install.add")));
        Assert.Empty(await Store.Installs.ListAsync(Acme));
    }

    [Fact]
    public async Task Withdraw_ByFourAtOnce_OneDoesAndLeavesTheOnlyEntry()
    {
        for (var round = 0; round < 10; round++)
        {
            var version = await Published($"com.acme.r{round}");
            var entries = Enumerable.Range(0, 4).Select(_ => Entry("version.withdraw")).ToList();

            var outcomes = await Task.WhenAll(entries.Select(e => Task.Run(async () => await Store.Versions.WithdrawAsync(version, Minute(1), e))));

            Assert.Equal(3, outcomes.Count(o => o is WithdrawOutcome.WithdrawnAlready));
            var first = Assert.Single(entries.Zip(outcomes), e => e.Second is WithdrawOutcome.Withdrawn).First.Id;
            var kept = await Store.Audit.ListAsync(Acme, 99);
            Assert.Equal([first], kept.Select(e => e.Id).Where(id => entries.Exists(e => e.Id == id)));
        }
    }

    [Fact]
    public async Task Publish_WithdrawnAgainWithTheSameBytes_IsBack()
    {
        var version = await Published();
        await Store.Versions.WithdrawAsync(version, Minute(1), Entry("version.withdraw"));

        var again = Version(bundle: "com.acme.sync1.0.0") with { PublishedAt = Minute(2), PublishedBy = "other" };
        var outcome = Assert.IsType<PublishOutcome.Published>(await Store.Versions.PublishAsync(again, new byte[] { 7 }, Entry("version.publish")));

        Assert.True(outcome.IsNew);
        Assert.Equal(
            (version.Id, null, Minute(2), "other"),
            (outcome.Version.Id, outcome.Version.WithdrawnAt, outcome.Version.PublishedAt, outcome.Version.PublishedBy));
        Assert.Equal([7], await Store.Versions.GetBundleAsync(version.Id));
        Assert.Equal(version.Endpoints, Assert.Single(await Store.Versions.ListAsync()).Endpoints);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Withdraw_SomebodyHasItOrCanGoBack_ChangesNothingAndLeavesNoEntry(bool current)
    {
        var version = await Published();
        var other = await Published(version: "2.0.0");
        await Store.Installs.AddAsync(
            NewInstall(current ? version : other, Globex) with { PreviousVersion = current ? null : version.Id }, Entry("install.add", Globex));
        var before = await Store.Audit.ListAsync(Acme, 9);

        Assert.Equal(new WithdrawOutcome.Installed(1), await Store.Versions.WithdrawAsync(version, Minute(1), Entry("version.withdraw")));

        Assert.NotNull(await Store.Versions.GetBundleAsync(version.Id));
        Assert.Equal(before, await Store.Audit.ListAsync(Acme, 9));
    }

    [Fact]
    public async Task Withdraw_WhileOthersInstall_EitherIsWithdrawnOrInstalled()
    {
        for (var round = 0; round < 5; round++)
        {
            var version = await Published($"com.acme.r{round}");
            var withdrawing = Task.Run(async () => await Store.Versions.WithdrawAsync(version, Minute(1), Entry("version.withdraw")));
            var installing = Task.Run(async () => await Store.Installs.AddAsync(NewInstall(version, Acme), Entry("install.add")));

            Assert.NotEqual(await withdrawing is WithdrawOutcome.Withdrawn, await installing is InstallOutcome.Done);
        }
    }

    [Fact]
    public async Task Withdraw_ComponentWasCompiled_IsForgottenUnlessAnotherVersionHasIt()
    {
        const string engine = "0123456789abcdef";
        var version = await Published();
        var twin = Version("com.acme.twin", "1.0.0", "com.acme.sync1.0.0");
        await Store.Versions.PublishAsync(twin, new byte[] { 1 }, Entry("version.publish"));
        Assert.Equal(version.ComponentSha256, twin.ComponentSha256);
        var lease = new CompilationLease(version.ComponentSha256, engine, NewId(), Minute(9));
        await Store.Compilations.ClaimAsync(lease, T0);
        await Store.Compilations.EndAsync(lease, new CompilationEnd(), T0);

        await Store.Versions.WithdrawAsync(version, Minute(1), Entry("version.withdraw"));
        Assert.NotNull(await Store.Compilations.GetAsync(version.ComponentSha256, engine));

        await Store.Versions.WithdrawAsync(twin, Minute(1), Entry("version.withdraw"));
        Assert.Null(await Store.Compilations.GetAsync(version.ComponentSha256, engine));
        Assert.Empty(await Store.Compilations.ListUncompiledAsync(engine, Minute(1)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Withdraw_ComponentWasRefused_IsForgottenIfItMayBeNoFaultOfItsOwn(bool isTriedAgain)
    {
        const string engine = "0123456789abcdef";
        var version = await Published();
        var lease = new CompilationLease(version.ComponentSha256, engine, NewId(), Minute(9));
        await Store.Compilations.ClaimAsync(lease, T0);
        await Store.Compilations.EndAsync(lease, new CompilationEnd("lost", isTriedAgain ? Minute(60) : null), T0);

        await Store.Versions.WithdrawAsync(version, Minute(1), Entry("version.withdraw"));

        Assert.Equal(isTriedAgain, await Store.Compilations.GetAsync(version.ComponentSha256, engine) is null);
    }

    [Fact]
    public async Task List_Several_ByExtensionThenPublication()
    {
        await Store.Versions.PublishAsync(Version("com.b", "1.0.0", "1") with { PublishedAt = Minute(0) }, new byte[] { 1 }, Entry("version.publish"));
        await Store.Versions.PublishAsync(Version("com.a", "1.0.0", "2") with { PublishedAt = Minute(2) }, new byte[] { 1 }, Entry("version.publish"));
        await Store.Versions.PublishAsync(Version("com.a", "2.0.0", "3") with { PublishedAt = Minute(1) }, new byte[] { 1 }, Entry("version.publish"));

        Assert.Equal(["com.a 2.0.0", "com.a 1.0.0", "com.b 1.0.0"], (await Store.Versions.ListAsync()).Select(v => $"{v.Manifest.Name} {v.Manifest.Version}"));
    }

    [Fact]
    public async Task Reads_Unknown_AnswerNull()
    {
        Assert.Null(await Store.Versions.GetAsync(new VersionId(NewId())));
        Assert.Null(await Store.Versions.FindAsync("com.acme.sync", "9.9.9"));
        Assert.Null(await Store.Versions.GetBundleAsync(new VersionId(NewId())));
    }

    [Fact]
    public async Task Audit_Appended_ComesBackAsGivenNewestFirstPageByPage()
    {
        var install = new InstallId(NewId());
        AuditEntry[] entries =
        [
            Entry("a.first") with { Detail = "why", Outcome = AuditOutcome.Denied, Actor = new Actor(ActorKind.Extension, "com.acme.sync") },
            Entry("a.second", install: install, target: "x"),
            Entry("a.third", Globex, install),
            Entry("a.fourth", install: install),
        ];
        await Store.Audit.AppendAsync(entries);
        await Store.Audit.AppendAsync([Entry("node.start") with { Tenant = null }]);

        Assert.Equal([entries[3], entries[1], entries[0]], await Store.Audit.ListAsync(Acme, 9));
        Assert.Equal([entries[3]], await Store.Audit.ListAsync(Acme, 1));
        Assert.Equal([entries[1], entries[0]], await Store.Audit.ListAsync(new AuditWalk(Acme) { Before = entries[3].Id }, 9));
        Assert.Equal([entries[3], entries[1]], await Store.Audit.ListAsync(Acme, 9, install));
        Assert.Equal([entries[2]], await Store.Audit.ListAsync(Globex, 9, install));
    }

    [Fact]
    public async Task Audit_AppendedAgain_IsThereOnceWithWhatIsNew()
    {
        AuditEntry[] entries = [Entry("a.first"), Entry("a.second")];
        await Store.Audit.AppendAsync([entries[0]]);

        // As after a commit whose answer was lost.
        await Store.Audit.AppendAsync(entries);

        Assert.Equal([entries[1], entries[0]], await Store.Audit.ListAsync(Acme, 9));
    }

    [Fact]
    public async Task Audit_AppendedAgainWithACount_GrowsAndNeverShrinks()
    {
        var entry = Entry("schedule.delete") with { Outcome = AuditOutcome.Refused, Detail = "why" };
        await Store.Audit.AppendAsync([entry, Entry("a.second", Globex)]);
        await Store.Audit.AppendAsync([entry with { Count = 4_321 }, Entry("a.third", Globex)]);
        await Store.Audit.AppendAsync([entry with { Count = 17, Detail = "another" }]);

        Assert.Equal([entry with { Count = 4_321 }], await Store.Audit.ListAsync(Acme, 9));
    }

    [Fact]
    public async Task Health_OpenStore_IsHealthy() => Assert.Equal(new StoreHealth(true, null), await Store.Health.CheckAsync());

    [Fact]
    public async Task Calls_GivenUpBefore_AreCancelled()
    {
        using var given = new CancellationTokenSource();
        await given.CancelAsync();
        var scope = await Installed();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Store.Schedules.CreateAsync(NewSchedule(scope), Limits(), Entry("schedule.create"), given.Token));

        Assert.Empty(await Store.Schedules.ListAsync(scope));
    }

    private Task<PublishOutcome> PublishAsync(ExtensionVersion version, int bytes, long quota) =>
        PublishAsync(version, bytes, new PublisherQuota(Bytes: quota));

    private async Task<PublishOutcome> PublishAsync(ExtensionVersion version, int bytes, PublisherQuota quota) =>
        await Store.Versions.PublishAsync(version, new byte[bytes], Entry("version.publish"), quota);

    private async Task EndCompilationAsync(ExtensionVersion version, string engine, CompilationEnd end)
    {
        var lease = new CompilationLease(version.ComponentSha256, engine, NewId(), Minute(9));
        await Store.Compilations.ClaimAsync(lease, T0);
        Assert.True(await Store.Compilations.EndAsync(lease, end, T0));
    }

    private static bool IsNew(PublishOutcome outcome) => Assert.IsType<PublishOutcome.Published>(outcome).IsNew;
}
