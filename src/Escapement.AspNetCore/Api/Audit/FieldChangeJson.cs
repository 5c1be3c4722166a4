using System.Text.Json;
using Escapement.Audit;

namespace Escapement.AspNetCore.Api.Audit;

/// <summary>A field that a change changed, or would.</summary>
/// <param name="Field">Its name, as the thing's own JSON has it; of a policy and of skips with a point between.</param>
/// <param name="Before">What it was; absent for nothing, and for a large value.</param>
/// <param name="After">What it was from then on; absent likewise.</param>
/// <param name="LargeBefore">A value over 4 KiB that it was, by hash.</param>
/// <param name="LargeAfter">A value over 4 KiB that it was from then on, by hash.</param>
internal sealed record FieldChangeJson(string Field, JsonElement? Before, JsonElement? After, LargeValueJson? LargeBefore, LargeValueJson? LargeAfter)
{
    public static FieldChangeJson Of(FieldChange change) => new(
        change.Field, Small(change.Before), Small(change.After), LargeValueJson.Of(change.Before), LargeValueJson.Of(change.After));

    /// <summary>A value that is in the answer itself.</summary>
    public static JsonElement? Small(AuditValue? value)
    {
        if (value is not { Sha256: null, Json: { } json })
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

/// <summary>A value over 4 KiB.</summary>
/// <param name="Sha256">Its hash.</param>
/// <param name="Bytes">How long it is.</param>
internal sealed record LargeValueJson(string Sha256, int Bytes)
{
    public static LargeValueJson? Of(AuditValue? value) => value is { Sha256: { } hash } ? new LargeValueJson(hash, value.Bytes) : null;
}

/// <summary>A field that is not as a change left it.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Then">As the change left it; absent for nothing, and for a large value.</param>
/// <param name="Now">As it is; absent likewise.</param>
internal sealed record FieldDifferenceJson(string Field, JsonElement? Then, JsonElement? Now)
{
    public static FieldDifferenceJson Of(FieldDifference difference) =>
        new(difference.Field, FieldChangeJson.Small(difference.Then), FieldChangeJson.Small(difference.Now));
}
