using Escapement.Runs;

namespace Escapement.AspNetCore.Api.Runs;

/// <summary>The states of a run as the API spells them.</summary>
internal static class RunStateWords
{
    private static readonly Dictionary<string, RunState> States = Enum.GetValues<RunState>().ToDictionary(Of, StringComparer.Ordinal);

    public static string All { get; } = string.Join(", ", States.Keys);

    public static string Of(RunState state) => state.ToString().ToLowerInvariant();

    public static bool TryParse(string word, out RunState state) => States.TryGetValue(word, out state);
}
