using System.Buffers.Binary;
using Escapement.Listing;
using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>A schedule as <c>listed_schedules</c> shows it, and by what it is found, under the names by which <c>add_schedule_text</c> takes that.</summary>
internal static class StoredListedSchedule
{
    // The last of all characters, more often than a label has any.
    private static readonly string BehindAllLabels = string.Concat(Enumerable.Repeat("\U0010FFFF", 1_000));

    public static ListedSchedule Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(StoredSchedule.Read(row), row.Text(27), row.TimeOrNull(28));

    public static ScheduleTimes ReadTimes<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(row.Text(0), row.Text(1), (int)row.Long(2));

    public static FoundId ReadId<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(
        new InstallScope(TenantId.Parse(row.Text(0)), new InstallId(row.Id(1))),
        row.IdOrNull(2) is { } schedule ? new ScheduleId(schedule) : null,
        row.IdOrNull(3) is { } run ? new RunId(run) : null);

    public static TValues WriteText<TValues>(TValues statement, Schedule schedule)
        where TValues : IStoredValues<TValues>
    {
        var text = ScheduleText.Of(schedule);
        return statement.Set("id", schedule.Id.Value).Set("label", text.Label).Set("content", text.Content).Set("endpoint", schedule.Endpoint.ToString());
    }

    /// <summary>Sets the place after which a walk goes on, as far as its statement asks for it.</summary>
    public static TValues WritePlace<TValues>(TValues statement, ScheduleWalk walk, bool ofAll, SchedulePlace? after)
        where TValues : IStoredValues<TValues>
    {
        var isBackwards = walk is ScheduleWalk.Newest or ScheduleWalk.NameBackwards;
        var values = statement.Set("id", after?.Id ?? (isBackwards ? Guid.AllBitsSet : Guid.Empty));
        return (walk, ofAll) switch
        {
            (ScheduleWalk.Next, _) => values.Set("at", after?.At ?? DateTimeOffset.UnixEpoch),
            (ScheduleWalk.Name, _) or (ScheduleWalk.Resting, true) => values.Set("text", after?.Text ?? ""),
            (ScheduleWalk.NameBackwards, _) => values.Set("text", after?.Text ?? BehindAllLabels),
            (ScheduleWalk.Failing, _) => values.Set("failures", (long)(after?.Failures ?? int.MaxValue)),
            _ => values,
        };
    }

    /// <summary>The statement of a walk.</summary>
    public static string NameOf(ScheduleWalk walk, bool ofAll) => (ofAll ? "list_all_schedules_" : "list_schedules_") + walk switch
    {
        ScheduleWalk.Next => "next",
        ScheduleWalk.Name => "name",
        ScheduleWalk.NameBackwards => "name_backwards",
        ScheduleWalk.Newest => "newest",
        ScheduleWalk.Resting => "resting",
        ScheduleWalk.Created or ScheduleWalk.Sound => "created",
        ScheduleWalk.Failing => "failing",
        _ => throw new ArgumentOutOfRangeException(nameof(walk), walk, "No index gives this."),
    };

    /// <summary>The number of a row that has none of its own: the random part of its id.</summary>
    public static long NumberOf(ScheduleId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
    }
}
