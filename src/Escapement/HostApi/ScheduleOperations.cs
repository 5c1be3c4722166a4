using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Scheduling;

namespace Escapement.HostApi;

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

    /// <summary>Makes the operations over a store.</summary>
    public ScheduleOperations(IScheduleStore store, AuditLog audit, WakeSignal wake, TimeProvider time, ScheduleLimits limits)
    {
        this.store = store;
        this.audit = audit;
        this.wake = wake;
        this.time = time;
        this.limits = limits;
    }

    /// <summary>Creates a schedule (contract section 3).</summary>
    /// <param name="extension">The install that will own it.</param>
    /// <param name="input">What the caller asked for; may be wrong in every field.</param>
    /// <param name="retry">What happens after a failure; null for the default. Extensions cannot set it.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up; what was stored by then stays.</param>
    public async ValueTask<ScheduleChange> CreateAsync(InstalledExtension extension, CreateScheduleInput input, RetryPolicy? retry, Actor actor, CancellationToken cancellationToken = default)
    {
        var scope = extension.Install.Scope;
        var now = time.GetUtcNow();
        var check = ScheduleValidator.CheckCreate(input, extension.Version.Endpoints);
        var errors = await FindErrorsAsync(scope, check, self: null, retry, cancellationToken);
        if (errors.Count > 0)
        {
            return await RefuseAsync(ScheduleChange.Invalid(errors), scope, actor, "schedule.create", target: null, cancellationToken);
        }

        var schedule = new Schedule
        {
            Id = new ScheduleId(Ids.Next(time)),
            Scope = scope,
            Name = check.Name,
            Endpoint = check.Endpoint!.Value,
            Cron = check.Cron!,
            TimeZone = check.TimeZone!,
            Enabled = check.Enabled!.Value,
            Payload = check.Payload,
            Retry = retry ?? RetryPolicy.None,
            NextDueAt = check.Enabled.Value ? OccurrenceCalendar.For(check.Cron!, check.TimeZone!).Next(now) : null,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var entry = Entry(scope, actor, "schedule.create", schedule.Id.ToString(), AuditOutcome.Done, $"{schedule.Endpoint} at {schedule.Cron} {schedule.TimeZone}");
        return Finish(await store.CreateAsync(schedule, limits.At(now), entry, cancellationToken));
    }

    /// <summary>Changes a schedule. A new cron, zone or enabling counts from now and never fires at once.</summary>
    /// <param name="extension">The install that owns it.</param>
    /// <param name="id">The schedule; any text, unknown ids are refused.</param>
    /// <param name="input">What changes.</param>
    /// <param name="retry">The new retry policy; null leaves it.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up; what was stored by then stays.</param>
    public async ValueTask<ScheduleChange> UpdateAsync(InstalledExtension extension, string id, UpdateScheduleInput input, RetryPolicy? retry, Actor actor, CancellationToken cancellationToken = default)
    {
        var scope = extension.Install.Scope;
        if (ParseId(id) is not { } schedule || await store.GetAsync(scope, schedule, cancellationToken) is not { } current)
        {
            return await RefuseAsync(ScheduleChange.NotFound, scope, actor, "schedule.update", id, cancellationToken);
        }

        var now = time.GetUtcNow();
        var check = ScheduleValidator.CheckUpdate(input, extension.Version.Endpoints);
        var errors = await FindErrorsAsync(scope, check, schedule, retry, cancellationToken);
        if (errors.Count == 0 && FindBroken(current, check, retry, now) is { } broken)
        {
            errors = broken;
        }

        if (errors.Count > 0)
        {
            return await RefuseAsync(ScheduleChange.Invalid(errors), scope, actor, "schedule.update", id, cancellationToken);
        }

        var entry = Entry(scope, actor, "schedule.update", schedule.ToString(), AuditOutcome.Done, ChangedFields(input, retry));
        return Finish(await store.UpdateAsync(scope, schedule, before => Apply(before, check, retry, now, out _), limits.At(now), entry, cancellationToken));
    }

    /// <summary>Deletes a schedule: a run under way finishes, nothing fires after the answer.</summary>
    public async ValueTask<ScheduleChange> DeleteAsync(InstallScope scope, string id, Actor actor, CancellationToken cancellationToken = default)
    {
        if (ParseId(id) is not { } schedule)
        {
            return await RefuseAsync(ScheduleChange.NotFound, scope, actor, "schedule.delete", id, cancellationToken);
        }

        var entry = Entry(scope, actor, "schedule.delete", schedule.ToString(), AuditOutcome.Done, detail: null);
        return Finish(await store.DeleteAsync(scope, schedule, limits.At(time.GetUtcNow()), entry, cancellationToken));
    }

    internal static ScheduleId? ParseId(string? id) => Guid.TryParseExact(id, "D", out var value) ? new ScheduleId(value) : null;

    internal AuditEntry Entry(InstallScope scope, Actor actor, string action, string? target, AuditOutcome outcome, string? detail) => new()
    {
        Id = Ids.Next(time),
        At = time.GetUtcNow(),
        Tenant = scope.Tenant,
        Install = scope.Install,
        Actor = actor,
        Action = action,
        Target = Bounded(target, 100),
        Outcome = outcome,
        Detail = Bounded(detail, 1_000),
    };

    // What is stored already may be what this host cannot read: then the change must mend it too. Blamed is the field that is
    // wrong of the two that an occurrence is computed from.
    private static Dictionary<string, string>? FindBroken(Schedule before, ScheduleCheck check, RetryPolicy? retry, DateTimeOffset now)
    {
        var after = Apply(before, check, retry, now, out var broken);
        return broken is null ? null : new Dictionary<string, string>
        {
            [TimeZones.Find(after.TimeZone) is null ? "timezone" : "cron"] = broken,
        };
    }

    private static Schedule Apply(Schedule before, ScheduleCheck check, RetryPolicy? retry, DateTimeOffset now, out string? broken)
    {
        broken = null;
        var after = before with
        {
            Endpoint = check.Endpoint ?? before.Endpoint,
            Cron = check.Cron ?? before.Cron,
            TimeZone = check.TimeZone ?? before.TimeZone,
            Enabled = check.Enabled ?? before.Enabled,
            Name = check.NameGiven ? check.Name : before.Name,
            Payload = check.PayloadGiven ? check.Payload : before.Payload,
            Retry = retry ?? before.Retry,
            UpdatedAt = now,
        };
        if (after.Cron == before.Cron && after.TimeZone == before.TimeZone && after.Enabled == before.Enabled)
        {
            return after;
        }

        // Counting from the latest occurrence in the ledger too: a clock that was set back must not fire one again.
        var from = before.LastDueAt > now ? before.LastDueAt.Value : now;
        if (!after.Enabled)
        {
            return after with { NextDueAt = null };
        }

        // Broken only if the row changed since it was looked at: it must not seem to be on its way when it cannot be.
        (var next, broken) = NextOccurrence.After(after.Cron, after.TimeZone, from);
        return after with { Enabled = broken is null, NextDueAt = next };
    }

    private static string ChangedFields(UpdateScheduleInput input, RetryPolicy? retry)
    {
        (string Name, bool Given)[] fields =
        [
            ("endpoint", input.Endpoint is not null), ("cron", input.Cron is not null), ("timezone", input.Timezone is not null),
            ("enabled", input.Enabled is not null), ("name", input.Name is not null), ("payload", input.Payload is not null), ("retry", retry is not null),
        ];
        return string.Join(", ", fields.Where(f => f.Given).Select(f => f.Name));
    }

    private static string? Bounded(string? text, int max) => text?.Length > max ? text[..max] : text;

    private async ValueTask<IReadOnlyDictionary<string, string>> FindErrorsAsync(InstallScope scope, ScheduleCheck check, ScheduleId? self, RetryPolicy? retry, CancellationToken cancellationToken)
    {
        // Whether the name is free is decided inside the change's transaction; asking here too lets one answer name every wrong field.
        var taken = check.Name is { } name
            && !check.FieldErrors.ContainsKey("name")
            && await store.FindByNameAsync(scope, name, cancellationToken) is { } holder
            && holder != self;
        var retryProblems = retry?.Validate("retry") ?? [];
        if (!taken && retryProblems.Count == 0)
        {
            return check.FieldErrors;
        }

        var errors = new Dictionary<string, string>(check.FieldErrors);
        if (taken)
        {
            errors["name"] = ScheduleMessages.NameTaken;
        }

        foreach (var problem in retryProblems)
        {
            errors[problem.Path] = problem.Message;
        }

        return errors;
    }

    private async ValueTask<ScheduleChange> RefuseAsync(ScheduleChange refusal, InstallScope scope, Actor actor, string action, string? target, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(Entry(scope, actor, action, target, AuditOutcome.Refused, refusal.Error), cancellationToken);
        return refusal;
    }

    private ScheduleChange Finish(ScheduleChangeOutcome outcome)
    {
        if (outcome is ScheduleChangeOutcome.Changed { Schedule: { NextDueAt: { } due } })
        {
            wake.Announce(due);
        }

        return outcome switch
        {
            ScheduleChangeOutcome.Changed done => ScheduleChange.Done(done.Schedule),
            ScheduleChangeOutcome.NotFound => ScheduleChange.NotFound,
            ScheduleChangeOutcome.NameTaken => ScheduleChange.Invalid(new Dictionary<string, string> { ["name"] = ScheduleMessages.NameTaken }),
            ScheduleChangeOutcome.QuotaExceeded => ScheduleChange.QuotaExceeded(limits.MaxPerInstall),
            ScheduleChangeOutcome.RateLimited limited => ScheduleChange.RateLimited(limited.RetryAfter),
            ScheduleChangeOutcome.InstallGone => ScheduleChange.InstallGone,
            _ => throw new InvalidOperationException($"An outcome that nobody knows: {outcome}"),
        };
    }
}
