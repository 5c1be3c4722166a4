namespace Escapement;

/// <summary>One thing that is wrong with an input: where, which rule, and what to do about it.</summary>
/// <param name="Path">The field, or the JSON path inside a document; empty when no single field is to blame.</param>
/// <param name="Code">A stable word for the rule that was broken, such as <c>too-long</c>.</param>
/// <param name="Message">What is wrong and the remedy, for people.</param>
public sealed record Problem(string Path, string Code, string Message);

/// <summary>A value, or everything that stood in its way. Expected failures travel as values, never as exceptions.</summary>
/// <typeparam name="T">What there is when nothing was wrong.</typeparam>
public readonly record struct Result<T>
{
    private readonly T? value;

    /// <summary>A good result.</summary>
    public Result(T value)
    {
        this.value = value;
        Problems = [];
    }

    /// <summary>A failed result.</summary>
    /// <param name="problems">At least one problem.</param>
    public Result(IReadOnlyList<Problem> problems)
    {
        ArgumentOutOfRangeException.ThrowIfZero(problems.Count, nameof(problems));
        Problems = problems;
    }

    /// <summary>Everything that is wrong; empty when there is a value.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Whether there is a value.</summary>
    public bool IsOk => Problems is { Count: 0 };

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none; look at <see cref="IsOk"/> first.</exception>
    public T Value => IsOk ? value! : throw new InvalidOperationException("There is no value: " + string.Join("; ", Problems?.Select(p => p.Message) ?? []));
}
