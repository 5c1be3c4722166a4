using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement.Retention;

/// <summary>Applies retention at start and every hour, in short steps with a pause between them, so that firing does not notice.</summary>
internal sealed partial class RetentionKeeper : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(100);

    private readonly IRetentionStore store;
    private readonly RetentionOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<RetentionKeeper> logger;

    /// <summary>Makes a keeper; it works once it was started.</summary>
    public RetentionKeeper(IRetentionStore store, RetentionOptions options, TimeProvider time, ILogger<RetentionKeeper> logger)
    {
        this.store = store;
        this.options = options;
        this.time = time;
        this.logger = logger;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await ApplyAsync(stoppingToken);
            }
            catch (StoreUnavailableException e)
            {
                StoreIsUnavailable(e);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // A history that grows for a while is no reason to stop firing.
                Failed(e);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private async Task ApplyAsync(CancellationToken stoppingToken)
    {
        var rows = 0L;
        var partitions = 0;
        RetentionStep step;
        do
        {
            step = await store.StepAsync(options.At(time.GetUtcNow()), stoppingToken);
            rows += step.Rows;
            partitions += step.Partitions;
            if (step.More)
            {
                // The pace of this machine, not of the schedules, hence real time.
                await Task.Delay(BetweenSteps, TimeProvider.System, stoppingToken);
            }
        }
        while (step.More);

        if (rows + partitions > 0)
        {
            Removed(rows, partitions);
        }
    }
}
