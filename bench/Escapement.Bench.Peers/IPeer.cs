namespace Escapement.Bench.Peers;

/// <summary>Another scheduler, one node of it in this process, driven only by what its users call.</summary>
public interface IPeer : IAsyncDisposable
{
    /// <summary>Its name and how it was set.</summary>
    string Name { get; }

    /// <summary>Starts it over an empty database.</summary>
    Task StartAsync(string connectionString);

    /// <summary>Stores a job that is due at this second of every day, UTC. Its body calls <see cref="Fires.Record"/>.</summary>
    Task CreateAsync(int number, TimeOnly at);
}
