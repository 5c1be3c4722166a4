using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Escapement.Listing;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>
/// A place in a list of schedules as a cursor. It holds the order that it is of, and a place and nothing else: whose schedules are listed comes out of
/// the path each time, so that a cursor of another tenant is a place like any other.
/// </summary>
internal static class SchedulePlaceCursor
{
    private const int FixedBytes = 26;
    private const int MaxText = 400;

    public static string Write(ScheduleSort sort, SchedulePlace place)
    {
        var bytes = new byte[FixedBytes + Encoding.UTF8.GetByteCount(place.Text)];
        bytes[0] = (byte)sort;
        bytes[1] = (byte)place.Walk;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), place.At?.UtcTicks ?? 0);
        place.Id.TryWriteBytes(bytes.AsSpan(10), bigEndian: true, out _);
        Encoding.UTF8.GetBytes(place.Text, bytes.AsSpan(FixedBytes));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null for what is no cursor of a list in this order.</summary>
    public static SchedulePlace? Read(ScheduleSort sort, string text)
    {
        if (text.Length > Base64Url.GetEncodedLength(FixedBytes + MaxText) || !Base64Url.IsValid(text, out var length) || length < FixedBytes)
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        var walk = (ScheduleWalk)bytes[1];
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(2));
        if (bytes[0] != (byte)sort || !Enum.IsDefined(walk) || !IsOf(sort, walk) || ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            return null;
        }

        var at = ticks == 0 ? (DateTimeOffset?)null : new DateTimeOffset(ticks, TimeSpan.Zero);
        var place = new SchedulePlace(walk, at, Encoding.UTF8.GetString(bytes.AsSpan(FixedBytes)), new Guid(bytes.AsSpan(10, 16), bigEndian: true));
        return (walk == ScheduleWalk.Next && at is null) || (walk == ScheduleWalk.Failing && place.Failures is null) ? null : place;
    }

    private static bool IsOf(ScheduleSort sort, ScheduleWalk walk) => sort switch
    {
        ScheduleSort.Next => walk is ScheduleWalk.Next or ScheduleWalk.Resting,
        ScheduleSort.Name => walk == ScheduleWalk.Name,
        ScheduleSort.NameBackwards => walk == ScheduleWalk.NameBackwards,
        ScheduleSort.Newest => walk == ScheduleWalk.Newest,
        ScheduleSort.LastRun or ScheduleSort.LastRunBackwards => walk == ScheduleWalk.Sorted,
        ScheduleSort.Failures => walk is ScheduleWalk.Failing or ScheduleWalk.Sound,
        _ => walk == ScheduleWalk.Created,
    };
}
