using Escapement.Scheduling;

namespace Escapement.Pausing;

/// <summary>The pauses that are in force at an instant, above the schedules of a tenant or of all.</summary>
internal sealed class PausesInForce
{
    private readonly DateTimeOffset now;
    private readonly ILookup<TenantId?, OuterPause> above;

    /// <param name="all">Pauses above schedules, also such as have ended.</param>
    /// <param name="now">The instant.</param>
    public PausesInForce(IEnumerable<OuterPause> all, DateTimeOffset now)
    {
        this.now = now;
        above = all.Where(p => p.Pause.HoldsAt(now)).ToLookup(p => p.Target.Tenant);
    }

    /// <summary>Those above a tenant's schedules; without a tenant, above all.</summary>
    public static async ValueTask<PausesInForce> AskAsync(
        IPauseStore pauses, TenantId? tenant, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        new(tenant is null ? await pauses.ListAllAsync(cancellationToken) : await pauses.ListAsync(tenant, cancellationToken), now);

    /// <summary>The installs that are paused by themselves.</summary>
    public IEnumerable<InstallScope> Installs =>
        from of in above
        from pause in of
        where pause.Target.Install is not null
        select new InstallScope(pause.Target.Tenant!.Value, pause.Target.Install!.Value);

    /// <summary>Whether there is one in a layer above schedules.</summary>
    public bool AnyAt(PauseLayer layer) => above.Any(of => of.Any(p => p.Target.Layer == layer));

    /// <summary>Whether those are the very same.</summary>
    public bool AreThoseOf(PausesInForce other) => above.SelectMany(of => of).ToHashSet().SetEquals(other.above.SelectMany(of => of));

    /// <summary>Those above an install's schedules, the widest first.</summary>
    public IReadOnlyList<Pause> Above(InstallScope scope) => above.Count == 0 ? [] :
        [.. above[null].Concat(above[scope.Tenant]).Where(p => p.Target.Covers(scope)).OrderBy(p => p.Target.Layer).Select(p => p.Pause)];

    /// <summary>Those over a schedule: those above it, and its own.</summary>
    public IReadOnlyList<Pause> Over(Schedule schedule) => With(schedule, Above(schedule.Scope), now);

    /// <summary>The same, where those above are known.</summary>
    public static IReadOnlyList<Pause> With(Schedule schedule, IReadOnlyList<Pause> above, DateTimeOffset now) =>
        schedule.Pause is { } own && own.HoldsAt(now) ? [.. above, own] : above;
}
