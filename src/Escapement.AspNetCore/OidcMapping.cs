using Escapement.Access;

namespace Escapement.AspNetCore;

/// <summary>What a claim of a provider's token means.</summary>
public sealed record OidcMapping
{
    /// <summary>All values of a claim, or all tenants.</summary>
    public const string Any = "*";

    /// <summary>Stands for the claim's value in <see cref="Tenants"/>.</summary>
    public const string ValuePlaceholder = "{value}";

    /// <summary>The claim, such as <c>groups</c>.</summary>
    public required string Claim { get; init; }

    /// <summary>The value that it must have, compared as it stands; <c>*</c> for any.</summary>
    public required string Value { get; init; }

    /// <summary>What who has it is.</summary>
    public required EscapementRole Role { get; init; }

    /// <summary>
    /// The tenants, <c>*</c> alone for all, or <c>{value}</c> anywhere in one for the claim's value. A value that makes no tenant id of it gives nothing.
    /// Operators and publishers have <c>*</c>.
    /// </summary>
    public IReadOnlyList<string> Tenants { get; init; } = [Any];
}
