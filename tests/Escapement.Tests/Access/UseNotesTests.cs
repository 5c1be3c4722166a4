using Escapement.Access;
using Escapement.Noting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Access;

public sealed class UseNotesTests
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 2, 9, 0, 30, TimeSpan.Zero);
    private static readonly Guid One = Guid.Parse("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("00000000-0000-7000-8000-000000000002");

    private readonly FakeTimeProvider time = new(T0);
    private readonly HeldTokens store = new();
    private readonly TokenUses uses;

    public UseNotesTests() => uses = new TokenUses(store, time, NullLogger<TokenUses>.Instance);

    [Fact]
    public async Task Note_ManyTimes_IsWrittenOnceAMinuteToTheMinute()
    {
        await uses.StartAsync(CancellationToken.None);
        for (var i = 0; i < 100; i++)
        {
            uses.Note(Two);
            uses.Note(One);
        }

        Assert.Empty(store.Uses);
        time.Advance(TokenUses.Each);
        Assert.Equal([new Use<Guid>(One, T0.AddSeconds(-30)), new Use<Guid>(Two, T0.AddSeconds(-30))], store.Uses);

        time.Advance(TokenUses.Each);
        Assert.Equal(2, store.Uses.Count);
        uses.Note(One);
        time.Advance(TokenUses.Each);
        Assert.Equal(new Use<Guid>(One, T0.AddSeconds(90)), store.Uses[2]);
        await uses.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Note_StoreAway_IsWrittenWhenItIsBack()
    {
        await uses.StartAsync(CancellationToken.None);
        uses.Note(One);
        store.IsAway = true;
        time.Advance(TokenUses.Each);
        Assert.Empty(store.Uses);

        store.IsAway = false;
        time.Advance(TokenUses.Each);
        Assert.Equal([new Use<Guid>(One, T0.AddSeconds(-30))], store.Uses);
        await uses.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stop_WithUnwrittenUses_WritesThem()
    {
        await uses.StartAsync(CancellationToken.None);
        uses.Note(One);
        await uses.StopAsync(CancellationToken.None);
        Assert.Equal([new Use<Guid>(One, T0.AddSeconds(-30))], store.Uses);
    }
}
