using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Pauses;

/// <summary>A pause that is in force.</summary>
internal sealed record PauseJson
{
    /// <summary>What it holds: <c>host</c>, <c>tenant</c>, <c>install</c> or <c>schedule</c>.</summary>
    public required string Layer { get; init; }

    /// <summary>From when on.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends by itself; absent when somebody has to end it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What its end does with what it kept from starting: <c>next</c>, <c>latest</c> or <c>all</c>.</summary>
    public required string OnEnd { get; init; }

    /// <summary>
    /// <c>asked</c>: somebody did; <c>failures</c>: its runs failed too often in a row; <c>endpoint-gone</c>: the installed version lacks its endpoint.
    /// </summary>
    public required string Cause { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Note { get; init; }

    /// <summary>Who paused.</summary>
    public required string By { get; init; }

    /// <summary>Whether that was an operator: then operators alone resume.</summary>
    public required bool ByOperator { get; init; }

    public static PauseJson Of(Pause pause) => new()
    {
        Layer = PauseWords.Of(pause.Layer),
        Since = pause.Since,
        Until = pause.Until,
        OnEnd = PauseWords.Of(pause.OnEnd),
        Cause = PauseWords.Of(pause.Cause),
        Note = pause.Note,
        By = pause.By,
        ByOperator = pause.ByOperator,
    };
}

/// <summary>The pause of a layer.</summary>
/// <param name="Pause">Absent when it is not paused.</param>
/// <param name="Etag">Stands for the pause, or for none. Also the header <c>ETag</c>.</param>
internal sealed record LayerJson(PauseJson? Pause, string Etag) : ITagged
{
    /// <summary>The fields of its etag.</summary>
    public static IReadOnlyList<(string Name, object? Value)> Fields(Pause? pause) => [("pause", pause?.Id)];

    public static LayerJson Of(Pause? pause) => new(pause is null ? null : PauseJson.Of(pause), EntityTag.Of(Fields(pause)));
}

/// <summary>What was paused.</summary>
/// <param name="Pause">The pause.</param>
/// <param name="RunsUnderWay">How many runs below it are under way; they finish.</param>
internal sealed record PausedJson(PauseJson Pause, int RunsUnderWay);
