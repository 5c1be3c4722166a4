using Escapement.Audit;

namespace Escapement.Scheduling;

/// <summary>
/// How many bytes of values an extension may have audit entries hold themselves: a burst, then as much in a day, for each install, of this node. Past it
/// its values lie apart from a few bytes on, of which the last few are kept. What admins change is not counted.
/// </summary>
internal sealed class InlineBudget(TimeProvider time)
{
    /// <summary>Bytes that may come at once, and that come back in a day.</summary>
    public const int BytesPerDay = 1 << 20;

    // Who is forgotten begins anew.
    private const int Generation = 10_000;

    private const double MinutesPerDay = 24 * 60;

    private readonly RecentCache<InstallId, Level> levels = new(Generation);

    /// <summary>The longest value that an entry of an install holds itself now, in bytes.</summary>
    public int MostInline(InstallId install)
    {
        var level = levels.GetOrAdd(install, _ => new Level(BytesPerDay, time.GetUtcNow()));
        lock (level)
        {
            level.Refill(time.GetUtcNow());
            return level.Bytes > 0 ? AuditValue.MostInline : AuditValue.MostInlineInFlood;
        }
    }

    /// <summary>
    /// Counts what an entry holds itself that was within the budget when it began; it may end beyond, which is paid back first. The few bytes of those
    /// past it are not counted, or who stops would wait for days.
    /// </summary>
    public void Charge(InstallId install, FieldChanges changes, int mostInline)
    {
        if (mostInline < AuditValue.MostInline)
        {
            return;
        }

        var level = levels.GetOrAdd(install, _ => new Level(BytesPerDay, time.GetUtcNow()));
        lock (level)
        {
            level.Refill(time.GetUtcNow());
            level.Bytes -= changes.InlineBytes();
        }
    }

    private sealed class Level(double bytes, DateTimeOffset at)
    {
        private DateTimeOffset at = at;

        public double Bytes { get; set; } = bytes;

        // A clock that was set back counts as no time passed.
        public void Refill(DateTimeOffset now)
        {
            Bytes = Math.Min(BytesPerDay, Bytes + (Math.Max(0, (now - at).TotalMinutes) * (BytesPerDay / MinutesPerDay)));
            at = now;
        }
    }
}
