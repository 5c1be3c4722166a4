using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.SampleWorld.Playing;

/// <summary>What a guest does when it is called.</summary>
internal delegate Played Play(PlayedCall call);

/// <summary>A call of a guest.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Extension">Which extension.</param>
/// <param name="Version">Which version of it.</param>
/// <param name="Endpoint">Method and path.</param>
/// <param name="At">The occurrence that it is of, or when it was made.</param>
/// <param name="Attempt">Of a run: which.</param>
internal sealed record PlayedCall(string Tenant, string Extension, string Version, string Endpoint, DateTimeOffset At, int Attempt)
{
    /// <summary>Whether a run made it; else the gateway did.</summary>
    public bool IsRun => Attempt > 0;

    public static PlayedCall Of(Invocation invocation, DateTimeOffset now)
    {
        var (install, request) = (invocation.Extension.Install, invocation.Request);
        var headers = request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.Ordinal);
        var due = headers.GetValueOrDefault("x-scheduler-due-at");
        return new PlayedCall(
            install.Scope.Tenant.Value,
            install.ExtensionId,
            invocation.Extension.Version.Manifest.Version,
            $"{request.Method} {request.Url.Split('?')[0]}",
            due is null ? now : DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture),
            due is null ? 0 : int.Parse(headers["x-scheduler-attempt"], System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <summary>What came of it.</summary>
internal sealed record Played
{
    public required TimeSpan Takes { get; init; }

    /// <summary>Of an answer.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Why there was no answer; null when there was one.</summary>
    public RunReason? Failure { get; init; }

    /// <summary>The answer's body, or what the failure says.</summary>
    public string Text { get; init; } = """{"ok":true}""";

    public IReadOnlyList<(TimeSpan After, string Level, string Message)> Log { get; init; } = [];

    /// <summary>Whether it asks the host for its schedules.</summary>
    public bool Lists { get; init; }

    /// <summary>Schedules that it makes for itself.</summary>
    public IReadOnlyList<ScheduleInput> Creates { get; init; } = [];
}
