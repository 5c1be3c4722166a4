using Escapement.PostgreSql.Tests;
using Escapement.Server.Configuration;
using Escapement.Server.Tests.Starting;

namespace Escapement.Server.Tests.CopyStore;

public sealed class CopyFlagTests
{
    [Fact]
    public void Read_CopyStore_TakesItsFlags()
    {
        var flags = Flags.Read(["copy-store", "--data", "d", "--connection=Host=db", "--schema", "jobs", "--config", "f"]);

        Assert.Empty(flags.Problems);
        Assert.Same(Verb.CopyStore, flags.Verb);
        Assert.Equal("f", flags.ConfigFile);
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["Escapement:Store"] = "postgres",
                ["Escapement:DataFolder"] = "d",
                ["Escapement:PostgreSql:ConnectionString"] = "Host=db",
                ["Escapement:PostgreSql:Schema"] = "jobs",
            },
            flags.Settings);
    }

    [Theory]
    [InlineData("--store sqlite", "--store is not a flag of copy-store, which takes --data, --connection, --schema, --config")]
    [InlineData("--urls=http://127.0.0.1:1", "--urls is not a flag of copy-store, which takes --data, --connection, --schema, --config")]
    [InlineData("--check", "--check is not a flag of copy-store, which takes --data, --connection, --schema, --config")]
    [InlineData("--bogus", "--bogus is not a flag of this server; --help lists them")]
    [InlineData("--data", "--data needs a value")]
    [InlineData("copy-store", "copy-store must be the first word, before all flags")]
    public void Read_CopyStoreWithSomethingElse_IsAProblem(string more, string problem) =>
        Assert.Equal([problem], Flags.Read(["copy-store", .. more.Split(' ')]).Problems);

    [Fact]
    public void Read_CopyStoreBehindAFlag_IsAProblem() =>
        Assert.Equal(["copy-store must be the first word, before all flags"], Flags.Read(["--schema", "jobs", "copy-store"]).Problems);

    [Fact]
    public async Task CopyStore_WithoutAConnection_EndsWithTwoAndNamesTheFlag()
    {
        var (code, output, error) = await ServerProcess.RunAsync(["copy-store", "--data", "somewhere"]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("or say --connection", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CopyStore_NoSuchFolder_EndsWithThreeInOneLine()
    {
        var (code, output, error) = await ServerProcess.RunAsync(["copy-store", "--data", "nowhere-at-all", "--connection", TestDatabase.ConnectionString]);

        Assert.Equal((3, ""), (code, output));
        Assert.StartsWith(
            "escapement-server cannot copy the store. --data: there is no folder ", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
