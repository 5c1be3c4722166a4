using System.Text.Json;
using Escapement.Runs;

namespace Escapement.Faults.Tests.Checking;

/// <summary>The ended attempts of a run as its row keeps them.</summary>
internal static class EarlierAttempts
{
    public static IReadOnlyList<EndedAttempt> Read(string json)
    {
        using var list = JsonDocument.Parse(json);
        return [.. list.RootElement.EnumerateArray().Select(a => new EndedAttempt(
            a.GetProperty("attempt").GetInt32(),
            a.GetProperty("startedAt") is { ValueKind: JsonValueKind.Number } started ? DateTimeOffset.FromUnixTimeMilliseconds(started.GetInt64()) : null,
            DateTimeOffset.FromUnixTimeMilliseconds(a.GetProperty("endedAt").GetInt64()),
            (RunReason)a.GetProperty("reason").GetInt32(),
            a.GetProperty("node").GetString(),
            a.GetProperty("error").GetString()))];
    }
}
