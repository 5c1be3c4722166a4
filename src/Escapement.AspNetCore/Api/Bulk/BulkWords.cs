using Escapement.Bulk;

namespace Escapement.AspNetCore.Api.Bulk;

/// <summary>The words of changes of many.</summary>
internal static class BulkWords
{
    private static readonly Dictionary<string, BulkKind> Kinds = new(StringComparer.Ordinal)
    {
        ["pause"] = BulkKind.Pause, ["resume"] = BulkKind.Resume, ["enable"] = BulkKind.Enable, ["disable"] = BulkKind.Disable,
        ["delete"] = BulkKind.Delete, ["set-policy"] = BulkKind.SetPolicy,
    };

    public static BulkKind? Kind(string? word) => word is not null && Kinds.TryGetValue(word, out var kind) ? kind : null;

    public static string Of(BulkKind kind) => Kinds.FirstOrDefault(k => k.Value == kind).Key ?? "undo";

    public static string Of(BulkFate fate) => fate switch
    {
        BulkFate.Changed => "changed",
        BulkFate.Gone => "gone",
        BulkFate.AlreadySo => "already-so",
        BulkFate.OperatorsPause => "operators-pause",
        BulkFate.Refused => "refused",
        _ => "done",
    };
}
