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

    private static StoreUnavailableException Explained(string code, string text = "as it says", string severity = "ERROR") =>
        PostgreSqlFailure.Explain(new PostgresException(text, severity, severity, code), "The server")!;
}
