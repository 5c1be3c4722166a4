namespace Escapement.Sqlite.Connections;

/// <summary>A change that waits for the writer.</summary>
internal abstract class WriteItem
{
    /// <summary>False when its caller gave up before it began.</summary>
    public abstract bool TryStart();

    /// <summary>Carries it out, on the writer's thread.</summary>
    public abstract void Carry(Database database);

    /// <summary>Keeps why it alone failed.</summary>
    public abstract void Fail(Exception failure);

    /// <summary>Answers its caller, after the commit or with what prevented it.</summary>
    public abstract void Finish(Exception? groupFailure);
}

/// <inheritdoc/>
internal sealed class WriteItem<T> : WriteItem
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Database, T> change;
    private readonly CancellationToken cancellationToken;
    private T? result;
    private Exception? failure;

    public WriteItem(Func<Database, T> change, CancellationToken cancellationToken)
    {
        this.change = change;
        this.cancellationToken = cancellationToken;
    }

    public Task<T> Task => answer.Task;

    public override bool TryStart()
    {
        if (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }

        answer.TrySetCanceled(cancellationToken);
        return false;
    }

    public override void Carry(Database database) => result = change(database);

    public override void Fail(Exception failure) => this.failure = failure;

    public override void Finish(Exception? groupFailure)
    {
        if ((failure ?? groupFailure) is { } e)
        {
            answer.SetException(e);
        }
        else
        {
            answer.SetResult(result!);
        }
    }
}
