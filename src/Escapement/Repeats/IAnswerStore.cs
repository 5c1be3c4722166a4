namespace Escapement.Repeats;

/// <summary>Answers that are kept. They are written in the transactions of the changes that they answer; see <see cref="AnswerKeeping"/>.</summary>
internal interface IAnswerStore
{
    /// <summary>What was answered to a request from an instant on, or null. The body of what was sent then may have been another.</summary>
    ValueTask<KeptAnswer?> FindAsync(RepeatableRequest request, DateTimeOffset from, CancellationToken cancellationToken = default);
}
