namespace Escapement.Forecasting;

/// <summary>What is planned, read at one go.</summary>
internal interface IForecastStore
{
    /// <summary>Gives every schedule that is enabled, of an install that is: of one tenant, or of all.</summary>
    ValueTask ReadAsync(TenantId? tenant, Action<PlannedSchedule> take, CancellationToken cancellationToken = default);
}
