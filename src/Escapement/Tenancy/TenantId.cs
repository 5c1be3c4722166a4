using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Escapement;

/// <summary>
/// A customer whose data must never meet another's. The embedding platform chooses the text: 1 to 128 of
/// <c>A-Z a-z 0-9 . _ : -</c>, compared ordinally.
/// </summary>
public readonly record struct TenantId
{
    /// <summary>The longest tenant id, in characters.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    private readonly string? value;

    private TenantId(string value) => this.value = value;

    /// <summary>The text that the platform gave.</summary>
    public string Value => value ?? throw new InvalidOperationException("A default TenantId names no tenant; use TenantId.Parse.");

    /// <summary>Reads a tenant id; false when the text is empty, too long or has other characters than allowed.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId tenant)
    {
        var ok = !string.IsNullOrEmpty(text) && text.Length <= MaxLength && !text.AsSpan().ContainsAnyExcept(Allowed);
        tenant = ok ? new TenantId(text!) : default;
        return ok;
    }

    /// <summary>Reads a tenant id that is known to be good.</summary>
    /// <exception cref="FormatException">The text is empty, too long or has other characters than allowed.</exception>
    public static TenantId Parse(string text) => TryParse(text, out var tenant)
        ? tenant
        : throw new FormatException($"Not a tenant id: 1 to {MaxLength} characters of A-Z a-z 0-9 . _ : - are expected.");

    /// <inheritdoc/>
    public override string ToString() => value ?? "";
}
