using System.Net.Sockets;
using Npgsql;

namespace Escapement.PostgreSql.Connections;

/// <summary>Turns the database's codes into messages that say what is wrong, where, and what to do.</summary>
internal static class PostgreSqlFailure
{
    /// <summary>The exception that callers get; null for what stands for a bug of ours, which stays as it is.</summary>
    public static StoreUnavailableException? Explain(Exception e, string server) => e switch
    {
        PostgresException refused => OfCode(refused.SqlState, refused.MessageText, server) is { } message
            ? new StoreUnavailableException(message, e) { InPart = IsOfAMachine(refused), MayHaveStored = MayHaveStored(refused) }
            : null,
        NpgsqlException { InnerException: TimeoutException } => new StoreUnavailableException(
            $"{server} did not answer in time. Whether it took the change is not known; look at its load and at the network.", e) { MayHaveStored = true },
        NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound } refused } => new(
            $"{server} cannot be reached: {refused.Message.TrimEnd('.')}. Check that it runs, the host and port, and the network. Nothing was stored.", e),
        NpgsqlException { InnerException: SocketException or IOException or null } => new StoreUnavailableException(
            $"{server} cannot be reached: {(e.InnerException?.Message ?? e.Message).TrimEnd('.')}. Check that it runs, the host and port, and the network. " +
            "What was under way may or may not have been stored.", e) { MayHaveStored = true },
        NpgsqlException or SocketException or TimeoutException => new StoreUnavailableException(
            $"{server} cannot be reached: {e.Message.TrimEnd('.')}{(e.InnerException is { } inner ? $": {inner.Message}" : "")}", e) { MayHaveStored = true },
        _ => null,
    };

    /// <summary>Whether waiting may help: the server is away, or comes and goes. What it refuses, it refuses again.</summary>
    public static bool MayPass(StoreUnavailableException e) => e.InnerException switch
    {
        null => false,
        PostgresException refused => refused.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
            or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown || IsOfConnection(refused.SqlState),
        _ => true,
    };

    /// <summary>
    /// Whether it is a machine of a distributed database that is away. The server's own end is fatal to the session that hears of it; a mere
    /// error of that kind is of a machine behind it.
    /// </summary>
    public static bool IsOfAMachine(PostgresException e) => e.InvariantSeverity == "ERROR"
        && (IsOfConnection(e.SqlState)
            || e.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow);

    // A machine of a distributed database that is lost while it commits: the coordinator does not know whether it had.
    private static bool MayHaveStored(PostgresException e) => IsOfConnection(e.SqlState)
        || (e.SqlState == PostgresErrorCodes.InternalError && e.MessageText.StartsWith("could not commit transaction", StringComparison.Ordinal));

    // The class of lost and refused connections. A server tells of its own to nobody: it is that of a distributed database to a machine.
    private static bool IsOfConnection(string code) => code.StartsWith("08", StringComparison.Ordinal);

    private static string? OfCode(string code, string text, string server) => code switch
    {
        PostgresErrorCodes.DiskFull => $"{server} has no space left on its disk. Free some; nothing of the change was stored.",
        PostgresErrorCodes.OutOfMemory => $"{server} is out of memory: {text}. Nothing of the change was stored.",
        PostgresErrorCodes.TooManyConnections => $"{server} takes no more connections. Raise max_connections, or lower PostgreSql:MaxConnections of the nodes.",
        PostgresErrorCodes.ReadOnlySqlTransaction => $"{server} is read-only, such as a standby is. Connect to the primary.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"{server} refused the user: {text}. Check Username and Password in the connection string, and pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName => $"{server} does not exist. Create it, or correct Database in the connection string.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"{server} refused: {text}. Give the user the rights on the schema; at the first start and for upgrades it must be able to create tables.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            $"{server} is stopping or starting: {text}.",
        "25P03" => $"{server} ended a transaction that stood still for {PoolSettings.IdleInTransactionMs / 1000} seconds. Nothing of it was stored.",
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable =>
            $"{server} broke off a statement: {text}. Nothing of the change was stored; look for locks that are held for long.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName =>
            $"{server} lacks a table: {text}. The schema was changed under the running node; restart it.",
        _ when IsOfConnection(code) => $"{server} cannot reach one of its machines: {text} ({code}). What does not lie there goes on.",
        // Done again by whoever wrote.
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => null,
        // Data exceptions, broken constraints and wrong statements stand for a bug of ours. Whatever else there is, the server's state decides.
        _ when code[..2] is not ("22" or "23" or "42") =>
            $"{server} failed: {text} ({code}).",
        _ => null,
    };
}
