namespace Escapement.Server.Starting;

/// <summary>The threads of the server, which it must not want for later.</summary>
internal static class HostThreads
{
    private const int Fewest = 8;

    // Timers, sockets, the store's writer, what watches workers and listens to them.
    private const int Others = 12;

    /// <summary>Makes one for each slot, which may wait until a worker takes what is written to it, and one for each processor beside them.</summary>
    /// <param name="slots">How many guests run at once.</param>
    /// <exception cref="TooFewThreadsException">The system does not give as many.</exception>
    public static void MakeAll(int slots)
    {
        try
        {
            PoolThreads.MakeAll(slots + Math.Max(Fewest, Environment.ProcessorCount), Others);
        }
        catch (OutOfMemoryException e)
        {
            throw new TooFewThreadsException("The system gives it too few threads. Allow its user more processes (ulimit -u, pids.max).", e);
        }
    }
}

/// <summary>The system gives too few threads; the message says what to do.</summary>
internal sealed class TooFewThreadsException(string message, Exception inner) : Exception(message, inner);
