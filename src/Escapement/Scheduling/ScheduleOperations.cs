using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Waking;

namespace Escapement.Scheduling;

/// <summary>
/// Creating, changing and deleting schedules, for extensions and admins alike: one set of rules, one store, one audit.
/// Permission is the caller's concern.
/// </summary>
public sealed class ScheduleOperations
{
    private readonly IScheduleStore store;
    private readonly AuditLog audit;
    private readonly WakeSignal wake;
    private readonly TimeProvider time;
    private readonly ScheduleLimits limits;
    private readonly InlineBudget inline;

    /// <summary>Makes the operations over a store.</summary>
    internal ScheduleOperations(IScheduleStore store, AuditLog audit, WakeSignal wake, TimeProvider time, ScheduleLimits limits)
    {
        this.store = store;
        this.audit = audit;
        this.wake = wake;
        this.time = time;
        this.limits = limits;
        inline = new InlineBudget(time);
    }

    /// <summary>Creates a schedule (contract section 3).</summary>
    /// <param name="scope">The install that will own it.</param>
    /// <param name="endpoints">Those of the installed version.</param>
    /// <param name="input">What the caller asked for; may be wrong in every field.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up; what was stored by then stays.</param>
    public async ValueTask<ScheduleChange> CreateAsync(
        InstallScope scope, IReadOnlyList<Endpoint> endpoints, ScheduleInput input, Actor actor, CancellationToken cancellationToken = default)
    {
        const string action = "schedule.create";
        var now = time.GetUtcNow();
        var edit = ScheduleValidator.CheckCreate(input, endpoints, limits);
        var errors = await FindErrorsAsync(scope, edit, self: null, cancellationToken);
        if (errors.Count > 0)
        {
            return await RefuseAsync(ScheduleChange.Invalid(errors), scope, actor, action, target: null, cancellationToken);
        }

        var schedule = new Schedule
        {
            Id = new ScheduleId(Ids.Next(time)),
            Scope = scope,
            Name = edit.Name,
            Endpoint = edit.Endpoint!.Value,
            Cron = edit.Cron!,
            TimeZone = edit.TimeZone!,
            Enabled = edit.Enabled!.Value,
            Payload = edit.Payload,
            Policy = edit.Policy?.ApplyTo(SchedulePolicy.Default) ?? SchedulePolicy.Default,
            NextDueAt = edit.Enabled.Value ? OccurrenceCalendar.For(edit.Cron!, edit.TimeZone!).Next(now) : null,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var entry = EntryOf(scope, actor, action, schedule.Id.ToString(), detail: ScheduleChange.Done(schedule).Detail);
        return Announce(await AuditAsync(await store.CreateAsync(schedule, limits.At(now), entry, cancellationToken), entry, cancellationToken));
    }

    /// <summary>Changes a schedule. A new cron, zone or enabling counts from now and never fires at once.</summary>
    /// <param name="scope">The install that owns it.</param>
    /// <param name="endpoints">Those of the installed version.</param>
    /// <param name="id">The schedule; any text, unknown ids are refused.</param>
    /// <param name="input">What changes.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="expected">Whether the schedule is as the caller saw it, asked inside the change's transaction; null when it may be anything.</param>
    /// <param name="cancellationToken">Gives up; what was stored by then stays.</param>
    public async ValueTask<ScheduleChange> UpdateAsync(
        InstallScope scope,
        IReadOnlyList<Endpoint> endpoints,
        string id,
        ScheduleInput input,
        Actor actor,
        Func<Schedule, bool>? expected = null,
        CancellationToken cancellationToken = default)
    {
        const string action = "schedule.update";
        if (!ScheduleId.TryParse(id, out var schedule) || await store.GetAsync(scope, schedule, cancellationToken) is not { } current)
        {
            return await RefuseAsync(ScheduleChange.NotFound, scope, actor, action, id, cancellationToken);
        }

        var now = time.GetUtcNow();
        var edit = ScheduleValidator.CheckUpdate(input, endpoints, limits);
        var errors = await FindErrorsAsync(scope, edit, schedule, cancellationToken);
        if (errors.Count == 0 && FindBroken(current, edit, now) is { } broken)
        {
            errors = broken;
        }

        if (errors.Count > 0)
        {
            return await RefuseAsync(ScheduleChange.Invalid(errors), scope, actor, action, id, cancellationToken);
        }

        var entry = EntryOf(scope, actor, action, schedule.ToString(), detail: string.Join(", ", input.Given()));
        var change = await store.UpdateAsync(
            scope,
            schedule,
            before => ScheduleChange.Done(edit.ApplyTo(before, now, out _)),
            limits.At(now) with { Expected = expected },
            entry,
            cancellationToken);
        return Announce(await AuditAsync(change, entry, cancellationToken));
    }

    /// <summary>Deletes a schedule: a run under way finishes, nothing fires after the answer.</summary>
    public async ValueTask<ScheduleChange> DeleteAsync(
        InstallScope scope, string id, Actor actor, Func<Schedule, bool>? expected = null, CancellationToken cancellationToken = default)
    {
        const string action = "schedule.delete";
        if (!ScheduleId.TryParse(id, out var schedule))
        {
            return await RefuseAsync(ScheduleChange.NotFound, scope, actor, action, id, cancellationToken);
        }

        var entry = EntryOf(scope, actor, action, schedule.ToString());
        var terms = limits.At(time.GetUtcNow()) with { Expected = expected };
        return await AuditAsync(await store.DeleteAsync(scope, schedule, terms, entry, cancellationToken), entry, cancellationToken);
    }

    // What is stored already may be what this host cannot read: then the change must mend it too. Blamed is the field that is
    // wrong of the two that an occurrence is computed from.
    private static Dictionary<string, string>? FindBroken(Schedule before, ScheduleEdit edit, DateTimeOffset now)
    {
        var after = edit.ApplyTo(before, now, out var broken);
        return broken is null ? null : new Dictionary<string, string>
        {
            [TimeZones.Find(after.TimeZone) is null ? "timezone" : "cron"] = broken,
        };
    }

    // Whether the name is free is decided inside the change's transaction; asking here too lets one answer name every wrong field.
    private async ValueTask<IReadOnlyDictionary<string, string>> FindErrorsAsync(
        InstallScope scope, ScheduleEdit edit, ScheduleId? self, CancellationToken cancellationToken)
    {
        var taken = edit.Name is { } name
            && !edit.FieldErrors.ContainsKey("name")
            && await store.FindByNameAsync(scope, name, cancellationToken) is { } holder
            && holder != self;
        return taken ? new Dictionary<string, string>(edit.FieldErrors) { ["name"] = ScheduleMessages.NameTaken } : edit.FieldErrors;
    }

    // Costs the install what every change costs, or an extension could have as many refused as it likes.
    private async ValueTask<ScheduleChange> RefuseAsync(
        ScheduleChange refusal, InstallScope scope, Actor actor, string action, string? target, CancellationToken cancellationToken)
    {
        var refused = await store.ChargeAsync(scope, limits.At(time.GetUtcNow()), cancellationToken) ?? refusal;
        return await AuditAsync(refused, AuditEntry.Of(time, scope, actor, action, target), cancellationToken);
    }

    private AuditEntry EntryOf(InstallScope scope, Actor actor, string action, string target, string? detail = null)
    {
        var entry = AuditEntry.Of(time, scope, actor, action, target, detail: detail);
        return entry.IsByExtension ? entry with { MostInline = inline.MostInline(scope.Install) } : entry;
    }

    // What is done has its entry in its own transaction.
    private async ValueTask<ScheduleChange> AuditAsync(ScheduleChange change, AuditEntry entry, CancellationToken cancellationToken)
    {
        if (change.IsDone && entry is { IsByExtension: true, Install: { } install })
        {
            inline.Charge(install, change.Changes, entry.MostInline);
        }
        else if (!change.IsDone)
        {
            await audit.RecordAsync(entry.Refused(change.Error, change.Kind.ToString()), cancellationToken);
        }

        return change;
    }

    private ScheduleChange Announce(ScheduleChange change)
    {
        if (change is { Schedule.ClaimAt: { } due })
        {
            wake.Announce(due);
        }

        return change;
    }
}
