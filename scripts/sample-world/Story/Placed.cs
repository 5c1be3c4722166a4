using Escapement.SampleWorld.Cast;

namespace Escapement.SampleWorld.Story;

/// <summary>An install.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Extension">Of what.</param>
/// <param name="Path">Of the API.</param>
/// <param name="Admin">Who looks after it.</param>
internal sealed record Placed(string Tenant, SampleExtension Extension, string Path, Person Admin)
{
    /// <summary>Its schedules' ids, by job.</summary>
    public Dictionary<string, string> Schedules { get; } = new(StringComparer.Ordinal);

    /// <summary>The path of its first job's schedule.</summary>
    public string First => $"{Path}/schedules/{Schedules[Extension.Jobs[0].Name]}";
}
