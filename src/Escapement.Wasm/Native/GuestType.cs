namespace Escapement.Wasm.Native;

/// <summary>A type of the component model, as a component has it. Names of records and other types are not part of it: nothing depends on them.</summary>
/// <param name="Kind">Its shape.</param>
/// <param name="Parts">Elements, fields, cases, words or sides, in their order.</param>
internal sealed record GuestType(ValueKind Kind, IReadOnlyList<GuestTypePart> Parts)
{
    /// <summary>As WIT has it, spaces left out: <c>result&lt;list&lt;u8&gt;,enum{denied,internal}&gt;</c>.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Record or ValueKind.Enum or ValueKind.Flags => $"{Word(Kind)}{{{string.Join(',', Parts)}}}",
        ValueKind.Variant => $"variant{{{string.Join(',', Parts.Select(p => p.Type is null ? p.Name : $"{p.Name}({p.Type})"))}}}",
        ValueKind.List or ValueKind.FixedLengthList or ValueKind.Map or ValueKind.Tuple or ValueKind.Option or ValueKind.Result =>
            $"{Word(Kind)}<{string.Join(',', Parts)}>",
        _ => Word(Kind),
    };

    private static string Word(ValueKind kind) => kind switch
    {
        ValueKind.Own or ValueKind.Borrow => "resource",
        ValueKind.FixedLengthList => "fixed-length-list",
        ValueKind.ErrorContext => "error-context",
        _ => kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>A part of a type.</summary>
/// <param name="Name">Of a field, a case or a word; null for what has none.</param>
/// <param name="Type">Of what is there; null for what is a name alone, and for a side of a result that carries nothing.</param>
internal sealed record GuestTypePart(string? Name, GuestType? Type)
{
    /// <summary>As it is written in its type.</summary>
    public override string ToString() => Name is not null && Type is not null ? $"{Name}:{Type}" : Name ?? Type?.ToString() ?? "_";
}

/// <summary>The type of a function; names of parameters are not part of it.</summary>
internal sealed record GuestFunctionType(IReadOnlyList<GuestType> Parameters, GuestType? Result)
{
    /// <summary>For example <c>(string,option&lt;u64&gt;)->result&lt;_,enum{denied}&gt;</c>.</summary>
    public override string ToString() => $"({string.Join(',', Parameters)})" + (Result is null ? "" : $"->{Result}");
}
