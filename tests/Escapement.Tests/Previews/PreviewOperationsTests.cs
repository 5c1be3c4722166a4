using Escapement.Access;
using Escapement.Previews;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Previews;

public sealed class PreviewOperationsTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly TenantId Globex = TenantId.Parse("globex");
    private static readonly EscapementPrincipal Anna = new(EscapementRole.Admin, TenantScope.Of(Acme, Globex), "anna");

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly PreviewOperations operations;

    public PreviewOperationsTests() => operations = new PreviewOperations(new HeldPreviews(), time);

    [Fact]
    public async Task Take_Twice_GivesItOnce()
    {
        PreviewedThing[] things = [new(Guid.NewGuid(), 3)];
        var kept = await operations.KeepAsync(Anna, Acme, "upgrade", "{}", things);

        var taken = Assert.IsType<PreviewTaking.Taken>(await TakeAsync(kept)).Preview;
        Assert.Equal(("{}", things), (taken.Content, taken.Things));
        Assert.IsType<PreviewTaking.UsedUp>(await TakeAsync(kept));
    }

    [Fact]
    public async Task Take_AfterFifteenMinutes_IsExpiredAndKnownForAnHour()
    {
        var (early, late) = (await KeepAsync(), await KeepAsync());
        time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1));
        Assert.IsType<PreviewTaking.Taken>(await TakeAsync(early));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.IsType<PreviewTaking.Expired>(await TakeAsync(late));
        time.Advance(Preview.KnownFor);
        await KeepAsync();
        Assert.IsType<PreviewTaking.Expired>(await TakeAsync(late));
        time.Advance(TimeSpan.FromTicks(1));
        await KeepAsync();
        Assert.IsType<PreviewTaking.Unknown>(await TakeAsync(late));
    }

    [Fact]
    public async Task Take_ByAnybodyElseOrForAnythingElse_IsUnknownAndLeavesItToItsCaller()
    {
        var kept = await KeepAsync();
        EscapementPrincipal[] others =
        [
            new(EscapementRole.Admin, TenantScope.Of(Acme, Globex), "bert"),
            new(EscapementRole.Admin, TenantScope.Of(Acme), "anna"),
            new(EscapementRole.Admin, TenantScope.All, "anna"),
            new(EscapementRole.Operator, TenantScope.All, "anna"),
        ];
        foreach (var other in others)
        {
            Assert.IsType<PreviewTaking.Unknown>(await operations.TakeAsync(other, Acme, "upgrade", kept.Id.ToString()));
        }

        Assert.IsType<PreviewTaking.Unknown>(await operations.TakeAsync(Anna, Globex, "upgrade", kept.Id.ToString()));
        Assert.IsType<PreviewTaking.Unknown>(await operations.TakeAsync(Anna, null, "upgrade", kept.Id.ToString()));
        Assert.IsType<PreviewTaking.Unknown>(await operations.TakeAsync(Anna, Acme, "undo", kept.Id.ToString()));
        foreach (var text in (string?[])[null, "", "x", kept.Id.ToString("N"), Guid.NewGuid().ToString()])
        {
            Assert.IsType<PreviewTaking.Unknown>(await operations.TakeAsync(Anna, Acme, "upgrade", text));
        }

        Assert.IsType<PreviewTaking.Taken>(await TakeAsync(kept));
    }

    private ValueTask<Preview> KeepAsync() => operations.KeepAsync(Anna, Acme, "upgrade", "{}", []);

    private ValueTask<PreviewTaking> TakeAsync(Preview preview) => operations.TakeAsync(Anna, Acme, "upgrade", preview.Id.ToString());
}
