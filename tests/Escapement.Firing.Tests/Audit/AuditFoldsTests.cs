using CsCheck;

namespace Escapement.Audit;

public sealed class AuditFoldsTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly InstallId Install = new(Guid.NewGuid());

    private readonly AuditFolds folds = new();

    [Fact]
    public void Take_OfOneKindWithinAMinute_AreOneEntryWithTheirNumber()
    {
        var first = Entry(Nine);
        Assert.False(folds.Take(first));
        Assert.True(folds.Take(Entry(Nine.AddSeconds(59))));
        Assert.True(folds.Take(Entry(Nine.AddSeconds(10))));
        Assert.Equal(Nine.AddMinutes(1), folds.NextEnd);
        Assert.Empty(folds.TakeEnded(Nine.AddSeconds(59.999)));

        Assert.Equal([first with { Count = 3 }], folds.TakeEnded(Nine.AddMinutes(1)));

        Assert.Null(folds.NextEnd);
        Assert.False(folds.Take(Entry(Nine.AddMinutes(1))));
    }

    [Fact]
    public void Take_AMinuteAfterTheFirst_BeginsAnotherBeforeTheFirstsNumberWasTaken()
    {
        var (first, second) = (Entry(Nine), Entry(Nine.AddMinutes(1)));
        folds.Take(first);
        folds.Take(Entry(Nine));
        Assert.False(folds.Take(second));
        folds.Take(Entry(Nine.AddMinutes(1)));

        Assert.Equal([first with { Count = 2 }], folds.TakeEnded(Nine.AddMinutes(1)));
        Assert.Equal([second with { Count = 2 }], folds.Close());
    }

    [Fact]
    public void Take_OfAnotherKind_HasAnEntryOfItsOwn() => Assert.All(
        new[]
        {
            Entry(Nine) with { Action = "schedule.create" },
            Entry(Nine) with { Outcome = AuditOutcome.Denied },
            Entry(Nine) with { RefusalKind = "Invalid" },
            Entry(Nine) with { Install = new InstallId(Guid.NewGuid()) },
            Entry(Nine) with { Actor = new Actor(ActorKind.Extension, "com.acme.other") },
            Entry(Nine) with { Actor = new Actor(ActorKind.Admin, "ops") },
            Entry(Nine) with { Outcome = AuditOutcome.Done },
            Entry(Nine) with { Install = null },
        },
        other =>
        {
            var one = new AuditFolds();
            one.Take(Entry(Nine));

            Assert.False(one.Take(other));
        });

    [Fact]
    public void Take_ReadsWithinAMinute_HaveAnEntryEachUntilThereAreTooMany()
    {
        var read = Entry(Nine) with { Outcome = AuditOutcome.Done, Action = "schedule.list", RefusalKind = null };
        for (var i = 0; i <= AuditFolds.ReadsApart; i++)
        {
            Assert.False(folds.Take(read with { Target = $"{i}" }));
        }

        Assert.True(folds.Take(read with { Target = "more" }));
        Assert.True(folds.Take(read with { At = Nine.AddSeconds(59), Target = "more" }));
        Assert.False(folds.Take(read with { Action = "schedule.get" }));

        Assert.Equal([read with { Target = $"{AuditFolds.ReadsApart}", Count = 3 }], folds.TakeEnded(Nine.AddMinutes(1)));
        Assert.False(folds.Take(read with { At = Nine.AddMinutes(1) }));
    }

    [Fact]
    public void Take_ByAnAdminAgainAndAgain_IsNeverFolded()
    {
        var entry = Entry(Nine) with { Actor = new Actor(ActorKind.Admin, "ops") };

        Assert.False(folds.Take(entry));
        Assert.False(folds.Take(entry));
    }

    [Fact]
    public void Take_DeniedToAnAdminAgainAndAgain_IsOneEntryWithItsNumber()
    {
        var denied = Entry(Nine) with { Actor = new Actor(ActorKind.Admin, "anna"), Install = null, Outcome = AuditOutcome.Denied, RefusalKind = null };

        Assert.False(folds.Take(denied));
        Assert.True(folds.Take(denied));
        Assert.False(folds.Take(denied with { Actor = new Actor(ActorKind.Admin, "bert") }));
        Assert.Equal(2, Assert.Single(folds.TakeEnded(Nine.AddMinutes(1))).Count);
    }

    [Fact]
    public void Take_RefusedThatConcernsNoTenant_IsOneEntryOfEachKindWithItsNumber()
    {
        var refused = Entry(Nine) with { Tenant = null, Install = null, Actor = new Actor(ActorKind.Admin, "ci"), RefusalKind = "OtherBytes" };

        Assert.False(folds.Take(refused));
        Assert.True(folds.Take(refused));
        Assert.False(folds.Take(refused with { RefusalKind = "OverQuota" }));
        Assert.False(folds.Take(refused with { Actor = new Actor(ActorKind.Admin, "other") }));
        Assert.Equal(2, Assert.Single(folds.TakeEnded(Nine.AddMinutes(1))).Count);

        var done = refused with { Outcome = AuditOutcome.Done, RefusalKind = null };
        Assert.False(folds.Take(done));
        Assert.False(folds.Take(done));
    }

    [Fact]
    public void TakeEnded_ClockSetBack_GivesTheNumberAtOnce()
    {
        folds.Take(Entry(Nine));
        folds.Take(Entry(Nine));

        Assert.Equal(2, Assert.Single(folds.TakeEnded(Nine.AddHours(-1))).Count);
    }

    [Fact]
    public void Close_Afterwards_FoldsNoMore()
    {
        folds.Take(Entry(Nine));
        folds.Close();

        Assert.False(folds.Take(Entry(Nine)));
        Assert.Null(folds.NextEnd);
    }

    [Fact]
    public void Take_InParallel_CountsEachOnce()
    {
        var written = 0;
        Parallel.For(0, 20_000, i => Interlocked.Add(ref written, folds.Take(Entry(Nine) with { Action = $"a.{i % 4}" }) ? 0 : 1));

        Assert.Equal(4, written);
        Assert.Equal([5_000, 5_000, 5_000, 5_000], folds.Close().Select(e => e.Count));
    }

    // The slow model: what is written and what is counted is all there was.
    [Fact]
    public void Folds_AnyOrderOfEntriesAndEnds_LoseNothing() =>
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 40], Gen.Bool).List[1, 800].Sample(steps =>
        {
            var all = new AuditFolds();
            var now = Nine;
            var (came, written, added) = (0, 0, 0);
            foreach (var (kind, seconds, read) in steps)
            {
                now = now.AddSeconds(read ? 0 : seconds / 20);
                came++;
                written += all.Take(Entry(now) with { Action = $"a.{kind}", Outcome = read ? AuditOutcome.Done : AuditOutcome.Refused }) ? 0 : 1;
                if (seconds % 3 == 0)
                {
                    var ended = all.TakeEnded(now);
                    added += ended.Sum(e => e.Count - 1);
                    Assert.All(ended, e => Assert.True(e.Count > 1));
                }
            }

            added += all.Close().Sum(e => e.Count - 1);
            Assert.Equal(came, written + added);
        });

    private static AuditEntry Entry(DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(),
        At = at,
        Tenant = TenantId.Parse("acme"),
        Install = Install,
        Actor = new Actor(ActorKind.Extension, "com.acme.sync"),
        Action = "schedule.delete",
        Outcome = AuditOutcome.Refused,
        RefusalKind = "NotFound",
    };
}
