using System.Globalization;
using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>
/// The messages that clients match on (contract sections 2 and 3). Those that end without a full stop may be followed by
/// a colon and the particulars.
/// </summary>
public static class ScheduleMessages
{
    /// <summary>The endpoint is missing, has path parameters, is neither GET nor POST, or says <c>schedulable: false</c>.</summary>
    public const string EndpointNotSchedulable = "Endpoint not found or not schedulable";

    /// <summary>Both a GET and a POST endpoint answer a bare path.</summary>
    public const string EndpointAmbiguous = "Endpoint is ambiguous";

    /// <summary>Out of range, reversed range, step 0 or beyond the field, empty item.</summary>
    public const string CronInvalid = "Invalid cron expression";

    /// <summary>Not five fields.</summary>
    public const string CronFieldCount = "Invalid cron expression (expected 5 fields: m h dom mon dow)";

    /// <summary>Characters outside <c>0-9 * / , -</c>.</summary>
    public const string CronCharacters = "Invalid cron expression (unsupported characters)";

    /// <summary>Neither day field is exactly <c>*</c>.</summary>
    public const string CronDayOfMonthAndDayOfWeek = "Cron cannot set both day-of-month and day-of-week";

    /// <summary>Closer than five minutes.</summary>
    public const string CronTooFrequent = "Cron too frequent (minimum interval is 5 minutes)";

    /// <summary>No date matches.</summary>
    public const string CronNever = "Cron never matches a date";

    /// <summary>Longer than <see cref="Cron.MaxLength"/> characters.</summary>
    public const string CronTooLong = "Cron expression too long";

    /// <summary>Not an IANA zone.</summary>
    public const string TimeZoneInvalid = "Invalid timezone";

    /// <summary>Over 128 characters.</summary>
    public const string NameTooLong = "Name too long";

    /// <summary>Half of a surrogate pair, or a null character: no store could give the name back as it was.</summary>
    public const string NameNotText = "Name is not valid text";

    /// <summary>Another schedule of the install has the name.</summary>
    public const string NameTaken = "Schedule name already in use";

    /// <summary>Not JSON, JSON that is neither object nor array, or nested too deep.</summary>
    public const string PayloadNotJson = "Payload must be a JSON object or array";

    /// <summary>Over 100,000 bytes of UTF-8.</summary>
    public const string PayloadTooLarge = "Payload too large";

    /// <summary>The 51st schedule.</summary>
    public const string TooManySchedules = "Too many schedules (max 50 per extension install)";

    /// <summary>Too many changes in a short time.</summary>
    public const string RateLimited = "Rate limit exceeded";

    /// <summary>A foreign or unknown id.</summary>
    public const string NotFound = "Schedule not found";

    /// <summary>There is nothing to resume.</summary>
    public const string NotPaused = "The schedule is not paused";

    /// <summary>One pause at a time in a layer.</summary>
    public const string AlreadyPaused = "The schedule is paused already";

    /// <summary>An operator's pause is lifted by operators alone.</summary>
    public const string OperatorsPause = "An operator paused it; only an operator may resume it";

    /// <summary>The row is not what the caller saw.</summary>
    public const string ChangedMeanwhile = "The schedule was changed since it was looked at";

    /// <summary>The capability is not declared or not granted (contract section 2).</summary>
    public const string Denied = "Permission denied: cap:scheduler.manage not granted";

    /// <summary>A pause that is to come back would be over.</summary>
    internal static string PauseIsOver(DateTimeOffset until) => $"The pause would have ended by itself at {Timestamps.Format(until)}";

    /// <summary><see cref="EndpointNotSchedulable"/> for one that the installed version does not have.</summary>
    internal static string NoEndpoint(EndpointKey endpoint) => $"{EndpointNotSchedulable}: {endpoint} is not an endpoint of the installed version";

    /// <summary><see cref="TooManySchedules"/> for an operator who has set another quota.</summary>
    public static string TooMany(int max) => string.Create(CultureInfo.InvariantCulture, $"Too many schedules (max {max} per extension install)");

    /// <summary><see cref="RateLimited"/> with when to try again, in whole seconds, rounded up.</summary>
    public static string RateLimitedUntil(TimeSpan retryAfter)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds));
        return string.Create(CultureInfo.InvariantCulture, $"{RateLimited}: try again in {seconds} {(seconds == 1 ? "second" : "seconds")}");
    }

    /// <summary><see cref="TimeZoneInvalid"/> with the name, and what is expected.</summary>
    internal static string UnknownTimeZone(string name) => $"{TimeZoneInvalid}: {Excerpt.Of(name)} is not an IANA name such as America/New_York";

    /// <summary>What <c>error</c> says: with one wrong field its message, with several their names (contract section 3).</summary>
    /// <param name="fieldErrors">At least one field.</param>
    public static string ErrorSummary(IReadOnlyDictionary<string, string> fieldErrors)
    {
        ArgumentOutOfRangeException.ThrowIfZero(fieldErrors.Count, nameof(fieldErrors));
        return fieldErrors.Count == 1 ? fieldErrors.Values.First() : $"Invalid fields: {string.Join(", ", fieldErrors.Keys)}";
    }
}
