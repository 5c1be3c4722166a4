using Escapement.Retention;

namespace Escapement.Storage;

/// <summary>What retention goes by in a table.</summary>
/// <param name="Column">The instant that says how old a row is. PostgreSQL partitions the table by it.</param>
/// <param name="Span">How much of it one partition holds.</param>
/// <param name="KeptFrom">Rows from before this instant go; null for none.</param>
internal sealed record TableHistory(string Column, HistorySpan Span, Func<RetentionCutoffs, DateTimeOffset?> KeptFrom);

/// <summary>The length of a partition.</summary>
internal enum HistorySpan
{
    /// <summary>From Monday.</summary>
    Week,

    /// <summary>From the first.</summary>
    Month,
}
