namespace Escapement.Scheduling;

/// <summary>What is said of a cron expression: the first of these, in this order, that applies (contract section 3).</summary>
internal enum CronVerdict
{
    /// <summary>Longer than <see cref="Cron.MaxLength"/> characters, as it was given.</summary>
    TooLong,

    /// <summary>Not five fields.</summary>
    FieldCount,

    /// <summary>Characters outside <c>0-9 * / , -</c>.</summary>
    Characters,

    /// <summary>Neither day field is exactly <c>*</c>.</summary>
    DayOfMonthAndDayOfWeek,

    /// <summary>Out of range, reversed range, step 0 or beyond the field, empty item.</summary>
    Syntax,

    /// <summary>No date has such a day of month.</summary>
    Never,

    /// <summary>Two wall-clock times that follow one another are less than five minutes apart.</summary>
    TooFrequent,

    /// <summary>Good.</summary>
    Ok,
}

/// <summary>What came of checking a cron expression.</summary>
/// <param name="Verdict">The one verdict.</param>
/// <param name="Text">The expression with single spaces, when it is good.</param>
/// <param name="Message">What is wrong, in the contract's words and with the place; null when it is good.</param>
internal readonly record struct CronCheck(CronVerdict Verdict, string? Text, string? Message)
{
    /// <summary>The parsed fields, once the grammar is kept.</summary>
    internal CronFields Fields { get; init; }
}
