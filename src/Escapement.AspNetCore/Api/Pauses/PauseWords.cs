using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Pauses;

/// <summary>The words of pauses.</summary>
internal static class PauseWords
{
    public static string Of(PauseLayer layer) => layer switch
    {
        PauseLayer.Host => "host",
        PauseLayer.Tenant => "tenant",
        PauseLayer.Install => "install",
        _ => "schedule",
    };

    public static string Of(PauseEnd end) => end switch
    {
        PauseEnd.Latest => "latest",
        PauseEnd.All => "all",
        _ => "next",
    };

    public static string Of(PauseCause cause) => cause switch
    {
        PauseCause.Failures => "failures",
        PauseCause.EndpointGone => "endpoint-gone",
        _ => "asked",
    };

    /// <summary>Reads how a pause ends; false when nobody knows the word.</summary>
    public static bool TryRead(string? word, out PauseEnd? end)
    {
        end = word switch
        {
            "next" => PauseEnd.Next,
            "latest" => PauseEnd.Latest,
            "all" => PauseEnd.All,
            _ => null,
        };
        return word is null || end is not null;
    }
}
