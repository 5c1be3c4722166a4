namespace Escapement.Telemetry;

/// <summary>
/// The names of attributes: OpenTelemetry's own where its conventions have one. Tenant, install, schedule and run are for spans alone: as
/// labels of a metric they would make a time series of each.
/// </summary>
internal static class TelemetryTags
{
    public const string Tenant = "escapement.tenant";
    public const string Install = "escapement.install";
    public const string Schedule = "escapement.schedule";
    public const string Run = "escapement.run";
    public const string Attempt = "escapement.attempt";

    public const string BatchSize = "escapement.batch.size";
    public const string Operation = "escapement.host.operation";
    public const string Stage = "escapement.stage";
    public const string Outcome = "escapement.outcome";
    public const string Queue = "escapement.queue";
    public const string Reason = "escapement.reason";

    public const string ErrorType = "error.type";
    public const string StatusCode = "http.response.status_code";
    public const string Trigger = "faas.trigger";
    public const string Time = "faas.time";
    public const string InvocationId = "faas.invocation_id";
    public const string ColdStart = "faas.coldstart";
}
