using Escapement.Runs;

namespace Escapement.AspNetCore.Api.Runs;

/// <summary>The states of a run as the API spells them.</summary>
internal static class RunStateWords
{
    public static string Of(RunState state) => state.ToString().ToLowerInvariant();
}
