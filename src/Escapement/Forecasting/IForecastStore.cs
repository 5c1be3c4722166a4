namespace Escapement.Forecasting;

/// <summary>What is planned, read at one go.</summary>
internal interface IForecastStore
{
    /// <summary>Gives every schedule that is enabled, of an install that is: of one tenant or of all, or of one install of it.</summary>
    ValueTask ReadAsync(TenantId? tenant, InstallId? install, Action<PlannedSchedule> take, CancellationToken cancellationToken = default);
}
