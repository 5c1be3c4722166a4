using Escapement.Access;
using Escapement.Audit;
using Escapement.Noting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Access;

public sealed class AcceptedSessionsTests : IDisposable
{
    private static readonly EscapementPrincipal Anna = new(EscapementRole.Viewer, TenantScope.All, "anna");

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly HeldSessions store = new();
    private readonly SessionUses uses;
    private readonly AcceptedSessions here;
    private readonly AcceptedSessions elsewhere;
    private readonly SessionOperations operations;

    public AcceptedSessionsTests()
    {
        var tokens = new AcceptedTokens(new HeldTokens(), time);
        uses = new SessionUses(store, time, NullLogger<SessionUses>.Instance);
        here = new AcceptedSessions(store, tokens, uses, time);
        elsewhere = new AcceptedSessions(store, tokens, uses, time);
        operations = new SessionOperations(store, tokens, here, time);
    }

    public void Dispose() => uses.Dispose();

    [Fact]
    public async Task Find_EndedHere_IsOverHereAtOnceAndElsewhereAfterFiveSeconds()
    {
        var (session, secret) = await operations.BeginAsync(Anna);
        var hash = SessionOperations.Hash(secret)!;
        Assert.Equal("anna", (await here.FindAsync(hash))?.Bearer.Name);
        Assert.NotNull(await elsewhere.FindAsync(hash));

        await operations.EndAsync(session);

        Assert.Null(await here.FindAsync(hash));
        time.Advance(AcceptedTokens.KeptFor - TimeSpan.FromTicks(1));
        Assert.NotNull(await elsewhere.FindAsync(hash));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await elsewhere.FindAsync(hash));
    }

    [Fact]
    public async Task Find_Unused_IsOverAfterEightHours()
    {
        var hash = SessionOperations.Hash((await operations.BeginAsync(Anna)).Secret)!;
        time.Advance(ConsoleSession.Idle - TimeSpan.FromTicks(1));
        Assert.NotNull(await here.FindAsync(hash));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await elsewhere.FindAsync(hash));
    }

    [Fact]
    public async Task EndsAt_OnAFasterClock_KeepsItsRealLength()
    {
        var faster = new Escapement.Time.TimeLapse(60, time);
        var tokens = new AcceptedTokens(new HeldTokens(), faster);
        var accepted = new AcceptedSessions(store, tokens, uses, faster);
        var hash = SessionOperations.Hash((await new SessionOperations(store, tokens, accepted, faster).BeginAsync(Anna)).Secret)!;
        time.Advance(ConsoleSession.Idle - TimeSpan.FromSeconds(1));
        Assert.NotNull(await accepted.FindAsync(hash));

        // A use counts from then on, so it is a day from the beginning that ends it.
        time.Advance(ConsoleSession.Idle - TimeSpan.FromSeconds(1));
        Assert.NotNull(await accepted.FindAsync(hash));
        time.Advance(ConsoleSession.Idle - TimeSpan.FromSeconds(1));
        Assert.NotNull(await accepted.FindAsync(hash));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(await accepted.FindAsync(hash));
    }

    [Fact]
    public async Task Find_UsedAgainAndAgain_IsOverAfterADay()
    {
        await uses.StartAsync(CancellationToken.None);
        var hash = SessionOperations.Hash((await operations.BeginAsync(Anna)).Secret)!;
        for (var hour = 1; hour < 24; hour++)
        {
            time.Advance(TimeSpan.FromHours(1));
            Assert.NotNull(await here.FindAsync(hash));
        }

        time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.NotNull(await here.FindAsync(hash));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await here.FindAsync(hash));
        await uses.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Find_UsedJustBeforeItWouldEnd_GoesOnThoughTheStoreDoesNotKnow()
    {
        var hash = SessionOperations.Hash((await operations.BeginAsync(Anna)).Secret)!;
        time.Advance(ConsoleSession.Idle - TimeSpan.FromSeconds(1));
        Assert.NotNull(await here.FindAsync(hash));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull(await here.FindAsync(hash));
        Assert.Null(await elsewhere.FindAsync(hash));
    }

    [Fact]
    public async Task BeginAndEnd_OfSomebodyWithTenants_StandInTheAuditOfEach()
    {
        var bert = new EscapementPrincipal(EscapementRole.Admin, TenantScope.Of(TenantId.Parse("acme"), TenantId.Parse("globex")), "bert");
        var (session, _) = await operations.BeginAsync(bert);
        await operations.EndAsync(session);
        await operations.BeginAsync(Anna);

        Assert.Equal(
            ["session.begin acme", "session.begin globex", "session.end acme", "session.end globex", "session.begin "],
            store.Entries.Select(e => $"{e.Action} {e.Tenant?.Value}"));
        Assert.All(store.Entries.Take(4), e => Assert.Equal((session.Id.ToString(), "bert"), (e.Target, e.Actor.Id)));
        Assert.Equal(
            ["admin of acme; signed in by the provider", "admin of globex; signed in by the provider"], store.Entries.Take(2).Select(e => e.Detail));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Hash_OfWhatCannotBeASecret_IsNone(string secret) => Assert.Null(SessionOperations.Hash(secret));

    /// <summary>Sessions in memory.</summary>
    private sealed class HeldSessions : ISessionStore
    {
        private readonly List<ConsoleSession> sessions = [];

        public List<AuditEntry> Entries { get; } = [];

        public ValueTask AddAsync(
            ConsoleSession session, DateTimeOffset removeBefore, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken)
        {
            Entries.AddRange(audit);
            sessions.RemoveAll(s => s.CreatedAt < removeBefore);
            sessions.Add(session);
            return ValueTask.CompletedTask;
        }

        public ValueTask<ConsoleSession?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) =>
            ValueTask.FromResult(sessions.Find(s => s.Sha256.Span.SequenceEqual(sha256.Span)));

        public ValueTask<ConsoleSession?> GetAsync(Guid id, CancellationToken cancellationToken) => ValueTask.FromResult(sessions.Find(s => s.Id == id));

        public ValueTask<IReadOnlyList<ConsoleSession>> ListAsync(Guid before, int limit, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<ConsoleSession>>([.. sessions.OrderByDescending(s => s.Id).Where(s => s.Id < before).Take(limit)]);

        public ValueTask NoteUsesAsync(IReadOnlyList<Use<Guid>> uses, CancellationToken cancellationToken)
        {
            foreach (var use in uses)
            {
                var at = sessions.FindIndex(s => s.Id == use.Of);
                sessions[at] = sessions[at] with { LastUsedAt = use.At };
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask AddCodeAsync(SignInCode code, DateTimeOffset now, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<SignInCode?> TakeCodeAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask EndAsync(Guid id, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken)
        {
            Entries.AddRange(audit);
            sessions.RemoveAll(s => s.Id == id);
            return ValueTask.CompletedTask;
        }
    }
}
