namespace Escapement.Repeats;

/// <summary>
/// Has the answer to a request kept in the very transaction of the change that it answers: so there is never one without the other. It goes along
/// with the request's flow and not through parameters, because every change can be asked for in this way and none of them is about it. A store
/// looks here in the one place where it begins transactions.
/// </summary>
internal sealed class AnswerKeeping
{
    private static readonly AsyncLocal<AnswerKeeping?> Ambient = new();

    private readonly Type outcome;
    private readonly Func<object, (int Status, string? Location, string Content)?> answer;
    private readonly TimeProvider time;
    private (Type Stored, Func<object, object> Translate)? translation;

    private AnswerKeeping(
        RepeatableRequest request, Type outcome, Func<object, (int Status, string? Location, string Content)?> answer, TimeProvider time)
    {
        Request = request;
        this.outcome = outcome;
        this.answer = answer;
        this.time = time;
    }

    /// <summary>The request.</summary>
    public RepeatableRequest Request { get; }

    /// <summary>Whether an answer was given to a store.</summary>
    public bool IsKept { get; private set; }

    /// <summary>From when on answers count.</summary>
    public DateTimeOffset From => time.GetUtcNow() - RepeatableRequest.KeptFor;

    /// <summary>Makes one for a request whose change ends in a <typeparamref name="TOutcome"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">What is answered to an outcome; null when nothing was changed. Pure, and may be asked more than once.</param>
    /// <param name="time">The clock.</param>
    public static AnswerKeeping Of<TOutcome>(
        RepeatableRequest request, Func<TOutcome, (int Status, string? Location, string Content)?> answer, TimeProvider time) =>
        new(request, typeof(TOutcome), found => answer((TOutcome)found), time);

    /// <summary>Carries something out with this in its flow.</summary>
    public async ValueTask<T> AroundAsync<T>(Func<ValueTask<T>> work)
    {
        Ambient.Value = this;
        return await work();
    }

    /// <summary>
    /// An operation says how its outcome comes of what its store answers, before it asks the store. Without it they must be of one type.
    /// </summary>
    public static void Translate<TStored, TOutcome>(Func<TStored, TOutcome> translate)
        where TStored : notnull
        where TOutcome : notnull
    {
        if (Ambient.Value is { } keeping && keeping.outcome == typeof(TOutcome))
        {
            keeping.translation = (typeof(TStored), stored => translate((TStored)stored));
        }
    }

    /// <summary>What is to keep the answer to a change that ends in a <typeparamref name="T"/>; null for nearly every change.</summary>
    public static AnswerKeeping? For<T>() =>
        Ambient.Value is { } keeping && typeof(T) == (keeping.translation?.Stored ?? keeping.outcome) ? keeping : null;

    /// <summary>The answer to what a change ended in; null when nothing was changed.</summary>
    public KeptAnswer? AnswerTo(object? stored)
    {
        if (stored is null || answer(translation is { } known ? known.Translate(stored) : stored) is not var (status, location, content))
        {
            return null;
        }

        IsKept = true;
        return new KeptAnswer(Request, status, location, content, time.GetUtcNow());
    }
}

/// <summary>The request was carried out already, while this one was on its way: nothing was changed, and its answer is kept.</summary>
internal sealed class AlreadyAnsweredException() : Exception("The request was carried out already");

/// <summary>The request is being carried out elsewhere: nothing was changed.</summary>
internal sealed class StillUnderWayException() : Exception("The request is being carried out elsewhere");
