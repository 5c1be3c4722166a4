using Escapement.Audit;
using Escapement.Repeats;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Waking;

namespace Escapement.Pausing;

/// <summary>Pausing and resuming, in every layer. Both are the admin's: an extension does neither, nor does enabling lift a pause, nor does what the
/// extension spends of its rate keep its admin from either.</summary>
public sealed class PauseOperations
{
    private readonly IPauseStore pauses;
    private readonly IScheduleStore schedules;
    private readonly IRunStore runs;
    private readonly AuditLog audit;
    private readonly WakeSignal wake;
    private readonly TimeProvider time;
    private readonly ScheduleLimits limits;

    /// <summary>Makes the operations over a store.</summary>
    internal PauseOperations(
        IPauseStore pauses, IScheduleStore schedules, IRunStore runs, AuditLog audit, WakeSignal wake, TimeProvider time, ScheduleLimits limits)
    {
        this.pauses = pauses;
        this.schedules = schedules;
        this.runs = runs;
        this.audit = audit;
        this.wake = wake;
        this.time = time;
        this.limits = limits;
    }

    /// <summary>The pauses in force above an install's schedules, the widest first.</summary>
    public async ValueTask<IReadOnlyList<Pause>> AboveAsync(InstallScope scope, CancellationToken cancellationToken = default) =>
        (await PausesInForce.AskAsync(pauses, scope.Tenant, time.GetUtcNow(), cancellationToken)).Above(scope);

    /// <summary>The pauses in force over a schedule: those above it, and its own.</summary>
    public IReadOnlyList<Pause> Over(Schedule schedule, IReadOnlyList<Pause> above) => PausesInForce.With(schedule, above, time.GetUtcNow());

    /// <summary>The pause in force at a target itself; null when there is none.</summary>
    internal async ValueTask<Pause?> GetAsync(PauseTarget target, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        return (await pauses.ListAsync(target.Tenant, cancellationToken)).FirstOrDefault(p => p.Target == target && p.Pause.HoldsAt(now))?.Pause;
    }

    /// <summary>Pauses the host, a tenant or an install. It holds on all nodes from the answer on.</summary>
    internal async ValueTask<PauseOutcome> PauseAsync(
        PauseTarget target,
        PauseInput input,
        Actor actor,
        bool byOperator,
        Func<Pause?, bool>? expected = null,
        CancellationToken cancellationToken = default)
    {
        var entry = Entry(target, actor, "pause");
        var now = time.GetUtcNow();
        if (input.Validate(now) is { Count: > 0 } problems)
        {
            return await RefuseAsync(new PauseOutcome.Invalid(problems), entry, cancellationToken);
        }

        var pause = new OuterPause(target, Pause(target.Layer, input, actor, byOperator, now));
        var outcome = await pauses.PauseAsync(pause, entry with { Detail = Detail(pause.Pause) }, expected, cancellationToken);
        if (outcome is PauseOutcome.Done && pause.Pause.Until is { } until)
        {
            wake.Announce(until);
        }

        return outcome;
    }

    /// <summary>Ends the pause of the host, a tenant or an install. Claims let go what it held, in batches.</summary>
    internal async ValueTask<PauseOutcome> ResumeAsync(
        PauseTarget target, ResumeTerms terms, Actor actor, bool byOperator, CancellationToken cancellationToken = default)
    {
        var onEnd = terms.OnEnd;
        var ending = new PauseEnding(time.GetUtcNow(), onEnd, byOperator) { Expected = terms.IsExpected, ShownAt = terms.Shown?.At };
        var outcome = await pauses.ResumeAsync(target, ending, Entry(target, actor, "resume") with { Detail = onEnd?.ToString() }, cancellationToken);
        if (outcome is PauseOutcome.Done)
        {
            wake.Announce(DateTimeOffset.MinValue);
        }

        return outcome;
    }

    /// <summary>What resuming would do now; null when there is no pause.</summary>
    internal async ValueTask<ResumePreview?> PreviewAsync(PauseTarget target, PauseEnd? onEnd, CancellationToken cancellationToken = default)
    {
        if (await GetAsync(target, cancellationToken) is not { } pause)
        {
            return null;
        }

        var release = new PauseRelease(pause, time.GetUtcNow(), onEnd ?? pause.OnEnd);
        var preview = ResumePreview.Of(release);
        var outer = new Dictionary<TenantId, IReadOnlyList<OuterPause>>();
        await foreach (var schedule in pauses.HeldAsync(target, cancellationToken))
        {
            var tenant = schedule.Scope.Tenant;
            var known = outer.TryGetValue(tenant, out var over) ? over : outer[tenant] = await pauses.ListAsync(tenant, cancellationToken);
            preview = preview.With(schedule, Others(schedule, known, pause), release, limits.CatchUpWindow);
        }

        return preview;
    }

    /// <summary>
    /// Those of the schedules that a pause holds that are not as they were shown: changed since, let go since, or held since. So many at most as are shown one
    /// by one.
    /// </summary>
    /// <param name="target">Whose pause.</param>
    /// <param name="at">When they were shown.</param>
    /// <param name="shown">The schedules with their revisions, as they were shown; of very many the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async ValueTask<IReadOnlyList<ScheduleId>> ChangedSinceAsync(
        PauseTarget target, DateTimeOffset at, IReadOnlyDictionary<ScheduleId, long> shown, CancellationToken cancellationToken = default)
    {
        var (changed, left) = (new List<ScheduleId>(), shown.Keys.ToHashSet());
        await foreach (var schedule in pauses.HeldAsync(target, cancellationToken))
        {
            left.Remove(schedule.Id);
            var isAsShown = shown.TryGetValue(schedule.Id, out var revision)
                ? revision == schedule.Revision
                : shown.Count >= ResumePreview.MostEach && schedule.UpdatedAt <= at && HeldStretch.Of(schedule, at) is not null;
            if (!isAsShown)
            {
                changed.Add(schedule.Id);
            }
        }

        return [.. changed.Concat(left).Take(ResumePreview.MostEach)];
    }

    /// <summary>Pauses one schedule.</summary>
    /// <param name="scope">The install that owns it.</param>
    /// <param name="id">The schedule; any text, unknown ids are refused.</param>
    /// <param name="input">For how long, and why.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="byOperator">Whether that is an operator.</param>
    /// <param name="expected">Whether the schedule is as the caller saw it, asked inside the change's transaction; null when it may be anything.</param>
    /// <param name="cancellationToken">Gives up; what was stored by then stays.</param>
    public async ValueTask<PauseOutcome> PauseScheduleAsync(
        InstallScope scope,
        string id,
        PauseInput input,
        Actor actor,
        bool byOperator,
        Func<Schedule, bool>? expected = null,
        CancellationToken cancellationToken = default)
    {
        const string action = "schedule.pause";
        var now = time.GetUtcNow();
        if (input.Validate(now) is { Count: > 0 } problems)
        {
            return await RefuseAsync(new PauseOutcome.Invalid(problems), AuditEntry.Of(time, scope, actor, action, id), cancellationToken);
        }

        var pause = Pause(PauseLayer.Schedule, input, actor, byOperator, now);
        return await ChangeAsync(
            scope,
            id,
            before => ScheduleRules.Pause(before, pause, now),
            limits.At(now) with { IsFree = true, Expected = expected },
            AuditEntry.Of(time, scope, actor, action, id, detail: Detail(pause)),
            cancellationToken);
    }

    /// <summary>Ends a schedule's own pause. Its failures are counted from none again.</summary>
    /// <param name="scope">The install that owns it.</param>
    /// <param name="id">The schedule; any text, unknown ids are refused.</param>
    /// <param name="onEnd">What becomes of what it kept from starting; null for what the pause says.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="byOperator">Whether that is an operator.</param>
    /// <param name="expected">Whether the schedule is as the caller saw it, asked inside the change's transaction; null when it may be anything.</param>
    /// <param name="cancellationToken">Gives up; what was stored by then stays.</param>
    public ValueTask<PauseOutcome> ResumeScheduleAsync(
        InstallScope scope,
        string id,
        PauseEnd? onEnd,
        Actor actor,
        bool byOperator,
        Func<Schedule, bool>? expected = null,
        CancellationToken cancellationToken = default) =>
        ResumeScheduleAsync(scope, id, new ResumeTerms(onEnd), actor, byOperator, expected, cancellationToken);

    /// <summary>The same, by what the caller was shown.</summary>
    internal async ValueTask<PauseOutcome> ResumeScheduleAsync(
        InstallScope scope,
        string id,
        ResumeTerms terms,
        Actor actor,
        bool byOperator,
        Func<Schedule, bool>? expected,
        CancellationToken cancellationToken)
    {
        var (now, onEnd) = (time.GetUtcNow(), terms.OnEnd);
        return await ChangeAsync(
            scope,
            id,
            before => terms.IsExpected(before.Pause is { } own && own.HoldsAt(now) ? own : null) && !(before.UpdatedAt > terms.Shown?.At)
                ? ScheduleRules.Resume(before, onEnd, byOperator, now, terms.Shown?.At)
                : ScheduleChange.PauseChanged,
            limits.At(now) with { IsFree = true, Expected = expected },
            AuditEntry.Of(time, scope, actor, "schedule.resume", id, detail: onEnd?.ToString()),
            cancellationToken);
    }

    /// <summary>What ending a schedule's own pause would do now; null when it has none.</summary>
    public async ValueTask<ResumePreview?> PreviewScheduleAsync(
        InstallScope scope, string id, PauseEnd? onEnd, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        return ScheduleId.TryParse(id, out var known)
            && await schedules.GetAsync(scope, known, cancellationToken) is { Pause: { } own } schedule && own.HoldsAt(now)
            ? Show(schedule, own, new PauseRelease(own, now, onEnd ?? own.OnEnd), await pauses.ListAsync(scope.Tenant, cancellationToken))
            : null;
    }

    private ResumePreview Show(Schedule schedule, Pause own, PauseRelease release, IReadOnlyList<OuterPause> outer) =>
        ResumePreview.Of(release).With(schedule, Others(schedule, outer, own), release, limits.CatchUpWindow);

    private static IEnumerable<Pause> Others(Schedule schedule, IReadOnlyList<OuterPause> outer, Pause ending)
    {
        var over = outer.Where(p => p.Target.Covers(schedule.Scope)).Select(p => p.Pause);
        return (schedule.Pause is { } own ? over.Append(own) : over).Where(p => p.Id != ending.Id);
    }

    private Pause Pause(PauseLayer layer, PauseInput input, Actor actor, bool byOperator, DateTimeOffset now) => new()
    {
        Id = Ids.Next(time),
        Layer = layer,
        Since = now,
        Until = input.Until?.ToUniversalTime(),
        OnEnd = input.OnEnd ?? PauseEnd.Next,
        Cause = PauseCause.Asked,
        Note = input.Note!.Trim(),
        By = actor.Id,
        ByOperator = byOperator,
    };

    private static string Detail(Pause pause) => pause.Until is { } until ? $"until {Timestamps.Format(until)}: {pause.Note}" : pause.Note;

    private async ValueTask<PauseOutcome> ChangeAsync(
        InstallScope scope,
        string id,
        Func<Schedule, ScheduleChange> change,
        ScheduleChangeLimits terms,
        AuditEntry entry,
        CancellationToken cancellationToken)
    {
        if (!ScheduleId.TryParse(id, out var schedule))
        {
            return await RefuseAsync(new PauseOutcome.Refused(ScheduleChange.NotFound), entry, cancellationToken);
        }

        // Asked before, so that all of the answer is known inside the transaction, where it may be kept.
        var queued = await FindQueuedAsync(scope, schedule, cancellationToken);
        PauseOutcome Answered(ScheduleChange done) => done switch
        {
            { Schedule: { } changed } => new PauseOutcome.Done(changed.Pause, changed.ActiveRun is { } open && open != queued ? 1 : 0),
            { Kind: ScheduleChangeKind.OperatorsPause } => new PauseOutcome.OperatorsOnly(),
            { Kind: ScheduleChangeKind.PauseChanged } => new PauseOutcome.ChangedMeanwhile(Current: null),
            _ => new PauseOutcome.Refused(done),
        };

        AnswerKeeping.Translate<ScheduleChange, PauseOutcome>(Answered);
        var done = await schedules.UpdateAsync(scope, schedule, change, terms, entry, cancellationToken);
        var outcome = Answered(done);
        if (!done.IsDone)
        {
            return await RefuseAsync(outcome, entry, cancellationToken);
        }

        if (done.Schedule!.ClaimAt is { } at)
        {
            wake.Announce(at);
        }

        return outcome;
    }

    // Its open run, if that is not under way.
    private async ValueTask<RunId?> FindQueuedAsync(InstallScope scope, ScheduleId id, CancellationToken cancellationToken) =>
        await schedules.GetAsync(scope, id, cancellationToken) is { ActiveRun: { } run }
        && await runs.GetAsync(scope.Tenant, run, cancellationToken) is { State: not RunState.Running } ? run : null;

    private AuditEntry Entry(PauseTarget target, Actor actor, string verb)
    {
        var layer = target.Layer switch { PauseLayer.Host => "host", PauseLayer.Tenant => "tenant", _ => "install" };
        return AuditEntry.Of(time, scope: null, actor, $"{layer}.{verb}", target.Install?.ToString() ?? target.Tenant?.Value)
            with { Tenant = target.Tenant, Install = target.Install };
    }

    private async ValueTask<PauseOutcome> RefuseAsync(PauseOutcome refusal, AuditEntry entry, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(entry.Refused(refusal.Refusal, refusal.GetType().Name), cancellationToken);
        return refusal;
    }
}
