using System.Collections;

namespace Escapement.Audit;

/// <summary>All fields that a change changed, in their order.</summary>
internal sealed class FieldChanges(IReadOnlyList<FieldChange> changes) : IReadOnlyList<FieldChange>, IEquatable<FieldChanges>
{
    /// <summary>The field that says whether a thing is there.</summary>
    public const string Exists = "exists";

    /// <summary>A change of nothing, or of nothing that has fields.</summary>
    public static FieldChanges None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => changes.Count;

    /// <inheritdoc/>
    public FieldChange this[int index] => changes[index];

    /// <summary>One field, if the change changed it.</summary>
    public FieldChange? Of(string field) => changes.FirstOrDefault(c => c.Field == field);

    /// <summary>Whether a thing is there after the change; null when it made and removed nothing.</summary>
    public bool? Makes => Of(Exists)?.After is { Json: var json } ? json == "true" : null;

    /// <summary>The large values that were, by hash: what an undo needs.</summary>
    public IEnumerable<string> NeededForUndo => changes.Select(c => c.Before?.Sha256).OfType<string>();

    /// <summary>The large values, each once.</summary>
    public IEnumerable<AuditValue> Large =>
        changes.SelectMany(c => new[] { c.Before, c.After }).OfType<AuditValue>().Where(v => v is { Sha256: not null, Json: not null }).Distinct();

    /// <summary>How many bytes of values their entry holds itself.</summary>
    public int InlineBytes() => changes.SelectMany(c => new[] { c.Before, c.After }).OfType<AuditValue>().Where(v => v.Sha256 is null).Sum(v => v.Bytes);

    /// <summary>The same with values that are longer than so many bytes named by their hashes.</summary>
    public FieldChanges Apart(int mostInline) =>
        new([.. changes.Select(c => c with { Before = c.Before?.Apart(mostInline), After = c.After?.Apart(mostInline) })]);

    /// <summary>The same with the large values that were, where they are known.</summary>
    /// <param name="values">By hash.</param>
    public FieldChanges With(IReadOnlyDictionary<string, string> values) => new([.. changes.Select(c =>
        c.Before?.Sha256 is { } hash && values.TryGetValue(hash, out var json) ? c with { Before = c.Before with { Json = json } } : c)]);

    /// <summary>What is not as the changes left it.</summary>
    /// <param name="now">A field of the thing as it is.</param>
    public IReadOnlyList<FieldDifference> Differences(Func<string, AuditValue?> now) =>
        [.. changes.Select(c => new FieldDifference(c.Field, c.After, now(c.Field))).Where(d => !AuditValue.Same(d.Then, d.Now))];

    /// <inheritdoc/>
    public bool Equals(FieldChanges? other) => other is not null && changes.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldChanges);

    /// <inheritdoc/>
    public override int GetHashCode() => changes.Count;

    /// <inheritdoc/>
    public IEnumerator<FieldChange> GetEnumerator() => changes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
