using Escapement.Installs;

namespace Escapement.AspNetCore.Api.Installs;

internal sealed record UpgradePreviewJson
{
    /// <summary>Give it back as <c>previewToken</c>, once; nobody else can.</summary>
    public required string Token { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The version that is installed.</summary>
    public required string FromVersion { get; init; }

    /// <summary>The version that it would be of.</summary>
    public required string ToVersion { get; init; }

    /// <summary>Whether it can be committed as it is; not when a schedule would lose its endpoint, unless the commit says hold.</summary>
    public required bool CanCommit { get; init; }

    /// <summary>What the version asks for and nobody was asked about yet; if there is any, the commit must say what is granted.</summary>
    public required IReadOnlyList<AskedCapabilityJson> NewCapabilities { get; init; }

    /// <summary>What the version asks for no more.</summary>
    public required IReadOnlyList<string> GoneCapabilities { get; init; }

    /// <summary>
    /// What going back grants again: somebody consented to it for that version, and the installed one does not have it. The commit may say capabilities
    /// without it.
    /// </summary>
    public required IReadOnlyList<AskedCapabilityJson> ReturningCapabilities { get; init; }

    /// <summary>What is granted from then on, what returns too, unless the commit says otherwise.</summary>
    public required IReadOnlyList<string> KeptCapabilities { get; init; }

    /// <summary>The install's schedules, oldest first.</summary>
    public required IReadOnlyList<ScheduleForecastJson> Schedules { get; init; }

    public static UpgradePreviewJson Of(UpgradePreview preview, InstalledExtension installed, PreviewJson kept) => new()
    {
        Token = kept.Token,
        ExpiresAt = kept.ExpiresAt,
        FromVersion = preview.From.Manifest.Version,
        ToVersion = preview.To.Manifest.Version,
        CanCommit = preview.CanCommit,
        NewCapabilities = [.. preview.NewCapabilities.Select(c => AskedCapabilityJson.Of(c, installed))],
        GoneCapabilities = preview.GoneCapabilities,
        ReturningCapabilities = [.. preview.ReturningGrants.Select(c => AskedCapabilityJson.Of(c, installed))],
        KeptCapabilities = preview.KeptGrants,
        Schedules = [.. preview.Schedules.Select(ScheduleForecastJson.Of)],
    };
}

internal sealed record ScheduleForecastJson
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public required string Endpoint { get; init; }

    /// <summary>
    /// <c>follows</c>: both versions have its endpoint; <c>lost</c>: the new one lacks it; <c>returns</c>: the installed one lacks it and the new
    /// one has it; <c>stays-gone</c>: neither has it.
    /// </summary>
    public required string Fate { get; init; }

    /// <summary>How often it is due in the next seven days after the upgrade.</summary>
    public required int NextSevenDays { get; init; }

    /// <summary>The first five of these times.</summary>
    public required IReadOnlyList<DateTimeOffset> Next { get; init; }

    public static ScheduleForecastJson Of(ScheduleForecast forecast) => new()
    {
        Id = forecast.Schedule.Id.ToString(),
        Name = forecast.Schedule.Name,
        Endpoint = forecast.Schedule.Endpoint.ToString(),
        Fate = forecast.Fate switch
        {
            ScheduleFate.Follows => "follows",
            ScheduleFate.Lost => "lost",
            ScheduleFate.Returns => "returns",
            _ => "stays-gone",
        },
        NextSevenDays = forecast.Count,
        Next = forecast.First,
    };
}
