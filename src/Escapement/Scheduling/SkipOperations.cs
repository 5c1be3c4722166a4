using Escapement.Audit;
using Escapement.Waking;

namespace Escapement.Scheduling;

/// <summary>Skipping one occurrence ahead of time, and taking that back. It is the admin's alone.</summary>
public sealed class SkipOperations
{
    private readonly IScheduleStore store;
    private readonly AuditLog audit;
    private readonly WakeSignal wake;
    private readonly TimeProvider time;
    private readonly ScheduleLimits limits;

    /// <summary>Makes the operations over a store.</summary>
    internal SkipOperations(IScheduleStore store, AuditLog audit, WakeSignal wake, TimeProvider time, ScheduleLimits limits)
    {
        this.store = store;
        this.audit = audit;
        this.wake = wake;
        this.time = time;
        this.limits = limits;
    }

    /// <summary>Skips an occurrence that is to come.</summary>
    /// <param name="scope">The install that owns the schedule.</param>
    /// <param name="id">The schedule; any text, unknown ids are refused.</param>
    /// <param name="at">The occurrence; refused if the schedule has none then.</param>
    /// <param name="note">Why; needed.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up; what was stored by then stays.</param>
    public async ValueTask<ScheduleChange> SkipAsync(
        InstallScope scope, string id, DateTimeOffset? at, string? note, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var entry = AuditEntry.Of(time, scope, actor, "schedule.skip", id, detail: at is { } known ? $"{Timestamps.Format(known)}: {note}" : note);
        var errors = new Dictionary<string, string>();
        if (at is null)
        {
            errors["at"] = "A skip needs the occurrence that it is about";
        }

        if (Pause.NoteProblem(note, "A skip") is { } problem)
        {
            errors["note"] = problem.Message;
        }

        if (errors.Count > 0)
        {
            return await RefuseAsync(ScheduleChange.Invalid(errors), entry, cancellationToken);
        }

        var skip = new OccurrenceSkip { At = at!.Value.ToUniversalTime(), Note = note!.Trim(), By = actor.Id, Since = now };
        return await ChangeAsync(scope, id, before => Skips.Add(before, skip, now), now, entry, cancellationToken);
    }

    /// <summary>Takes a skip back, as long as its occurrence is not due.</summary>
    public ValueTask<ScheduleChange> TakeBackAsync(
        InstallScope scope, string id, DateTimeOffset at, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var entry = AuditEntry.Of(time, scope, actor, "schedule.unskip", id, detail: Timestamps.Format(at));
        return ChangeAsync(scope, id, before => Skips.TakeBack(before, at.ToUniversalTime(), now), now, entry, cancellationToken);
    }

    private async ValueTask<ScheduleChange> ChangeAsync(
        InstallScope scope, string id, Func<Schedule, ScheduleChange> change, DateTimeOffset now, AuditEntry entry, CancellationToken cancellationToken)
    {
        if (!ScheduleId.TryParse(id, out var schedule))
        {
            return await RefuseAsync(ScheduleChange.NotFound, entry, cancellationToken);
        }

        var done = await store.UpdateAsync(scope, schedule, change, limits.At(now) with { IsFree = true }, entry, cancellationToken);
        if (!done.IsDone)
        {
            return await RefuseAsync(done, entry, cancellationToken);
        }

        if (done.Schedule!.ClaimAt is { } at)
        {
            wake.Announce(at);
        }

        return done;
    }

    private async ValueTask<ScheduleChange> RefuseAsync(ScheduleChange refusal, AuditEntry entry, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(entry.Refused(refusal.Error, refusal.Kind.ToString()), cancellationToken);
        return refusal;
    }
}
