using System.Net.Sockets;
using Escapement.PostgreSql.Connections;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Connections;

/// <summary>What becomes of the database's codes.</summary>
public sealed class PostgreSqlFailureTests
{
    /// <summary>A machine of a distributed database that is away is told of in class 08, and comes back.</summary>
    [Theory]
    [InlineData("08000", true)]
    [InlineData("08001", true)]
    [InlineData("08003", true)]
    [InlineData("08006", true)]
    [InlineData("57P03", true)]
    [InlineData("28P01", false)]
    [InlineData("25006", false)]
    [InlineData("XX000", false)]
    public void MayPass_CodeOfTheServer_IsWhatCanComeAndGo(string code, bool expected) =>
        Assert.Equal(expected, PostgreSqlFailure.MayPass(Explained(code)));

    [Theory]
    [InlineData("08006", "connection to the remote node failed", true)]
    [InlineData("XX000", "could not commit transaction for shard 102153 on at least one active node", true)]
    [InlineData("XX000", "something else", false)]
    [InlineData("53100", "could not commit transaction", false)]
    [InlineData("57014", "canceling statement due to statement timeout", false)]
    public void MayHaveStored_CodeOfTheServer_IsWhatCanComeAfterACommit(string code, string text, bool expected) =>
        Assert.Equal(expected, Explained(code, text).MayHaveStored);

    /// <summary>Where no connection was had nothing can have been stored; one that was lost may have carried a change.</summary>
    [Theory]
    [InlineData(SocketError.ConnectionRefused, false, "Nothing was stored.")]
    [InlineData(SocketError.HostNotFound, false, "Nothing was stored.")]
    [InlineData(SocketError.ConnectionReset, true, "may or may not have been stored.")]
    public void MayHaveStored_FailureOfTheConnection_IsWhatCanComeAfterACommit(SocketError error, bool expected, string said)
    {
        var explained = PostgreSqlFailure.Explain(new NpgsqlException("as it says", new SocketException((int)error)), "The server")!;

        Assert.Equal(expected, explained.MayHaveStored);
        Assert.EndsWith(said, explained.Message, StringComparison.Ordinal);
    }

    /// <summary>The server's own end comes as FATAL; as a mere error it is that of a machine behind it.</summary>
    [Theory]
    [InlineData("08006", "ERROR", true)]
    [InlineData("57P01", "ERROR", true)]
    [InlineData("57P03", "ERROR", true)]
    [InlineData("57P01", "FATAL", false)]
    [InlineData("57014", "ERROR", false)]
    [InlineData("XX000", "ERROR", false)]
    public void InPart_CodeOfTheServer_IsThatOfAMachineBehindIt(string code, string severity, bool expected) =>
        Assert.Equal(expected, Explained(code, severity: severity).InPart);

    private static StoreUnavailableException Explained(string code, string text = "as it says", string severity = "ERROR") =>
        PostgreSqlFailure.Explain(new PostgresException(text, severity, severity, code), "The server")!;
}
