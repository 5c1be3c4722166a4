using System.Globalization;
using Escapement.Audit;

namespace Escapement.Undoing;

/// <summary>How taking a change back ended, or whether it could be.</summary>
internal abstract record UndoOutcome
{
    private UndoOutcome()
    {
    }

    /// <summary>Why nothing was changed; null when it was, or could be.</summary>
    public string? Refusal => this switch
    {
        Possible or Done => null,
        Unknown => "There is no such audit entry",
        NotUndoable not => not.Reason,
        Differs differs => $"It is not as that change left it: {string.Join(", ", differs.Fields.Select(d => d.Field))} changed since",
        ValuesGone => string.Create(
            CultureInfo.InvariantCulture,
            $"What it was before is not kept any more: of large values of an install the last {AuditValue.MostKeptOfAdmins} that admins' changes had are, and "
            + $"the last {AuditValue.MostKeptOfExtension} that its extension's had, for {AuditValue.KeptFor.Days} days"),
        OperatorsOnly => "An operator's pause is taken back, and brought back, by operators alone",
        Refused refused => string.Join("; ", refused.Problems.Select(p => p.Message)),
        var unknown => throw new InvalidOperationException($"An outcome that nobody knows: {unknown}"),
    };

    /// <summary>It can be taken back as things are.</summary>
    public sealed record Possible(UndoPreview Preview) : UndoOutcome;

    /// <summary>It is taken back.</summary>
    /// <param name="Entry">The undo's own entry, by which it can be taken back in turn.</param>
    public sealed record Done(AuditEntry Entry) : UndoOutcome;

    /// <summary>The tenant has no such entry.</summary>
    public sealed record Unknown : UndoOutcome;

    /// <summary>It is not a change that can be taken back.</summary>
    public sealed record NotUndoable(string Reason) : UndoOutcome;

    /// <summary>The thing is not as the change left it.</summary>
    public sealed record Differs(IReadOnlyList<FieldDifference> Fields) : UndoOutcome;

    /// <summary>A large value that was before is not kept any more.</summary>
    public sealed record ValuesGone : UndoOutcome;

    /// <summary>An operator paused, and the caller is none.</summary>
    public sealed record OperatorsOnly : UndoOutcome;

    /// <summary>Something else stands in its way: a name that is taken, an endpoint that is gone.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : UndoOutcome;
}
