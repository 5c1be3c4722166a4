using Escapement.AspNetCore;
using Escapement.Installs;
using Escapement.Storage;

namespace Escapement.Bench;

/// <summary>Where one run's data lies: a folder or a schema that nobody else uses, and what is done to it from outside a node.</summary>
internal abstract class Place : IAsyncDisposable
{
    public static TimeProvider Time => TimeProvider.System;

    /// <summary>How many nodes can have it at once.</summary>
    public abstract bool TakesManyNodes { get; }

    /// <summary>The arguments by which a node of this benchmark finds it.</summary>
    public abstract IReadOnlyList<string> NodeArguments { get; }

    /// <summary>The arguments by which the real server finds it.</summary>
    public abstract IReadOnlyList<string> ServerArguments { get; }

    /// <summary>What the real server must have in its environment besides.</summary>
    public virtual IReadOnlyDictionary<string, string> ServerEnvironment { get; } = new Dictionary<string, string>();

    /// <summary>The place that options speak of; a new one unless they name one.</summary>
    public static Place Of(BenchOptions options) => options.Store == "postgres" ? new PostgreSqlPlace(options) : new SqlitePlace(options);

    public abstract ValueTask<IStore> OpenAsync();

    /// <summary>Has a whole host use it.</summary>
    public abstract void Configure(EscapementOptions options);

    /// <summary>
    /// Fills the schedules table directly: a million rows in seconds, with due times that the cron grammar could not give. The owners
    /// are taken in turn; what is due comes <paramref name="apart"/> after what is before it.
    /// </summary>
    public abstract Task LoadAsync(IReadOnlyList<InstalledExtension> installs, int count, DateTimeOffset first, TimeSpan apart);

    /// <summary>Statistics and a checkpoint, so that no run pays for the loading before it.</summary>
    public abstract Task SettleAsync();

    /// <summary>
    /// From the ledger: the milliseconds from due to start of what was due from an instant on and succeeded at its first attempt,
    /// ascending. Whole milliseconds, cut.
    /// </summary>
    public abstract Task<double[]> LatenessAsync(DateTimeOffset from);

    /// <summary>Fires everything that is due with the store's own statements and nothing around them; fires a second.</summary>
    public abstract Task<double> BareLoopAsync(int expected, int batch, int connections);

    /// <summary>Processor time that the database has used outside of the nodes; zero for one that lives in them.</summary>
    public abstract Task<TimeSpan> DatabaseProcessorTimeAsync();

    /// <summary>Runs that are under way or queued, whose latest attempt was this node's.</summary>
    public abstract Task<long> OpenRunsOfAsync(string node);

    public abstract ValueTask DisposeAsync();
}
