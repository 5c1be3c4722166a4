using Escapement.PostgreSql;
using Escapement.PostgreSql.Tests;
using Escapement.Server.Configuration;
using Escapement.Server.Tests.Starting;

namespace Escapement.Server.Tests.Migrating;

public sealed class MigrateCommandTests : IAsyncDisposable
{
    private readonly PostgreSqlStoreOptions options = TestDatabase.NewOptions();

    public async ValueTask DisposeAsync() => await TestDatabase.DropAsync(options);

    [Fact]
    public void Read_Migrate_TakesItsFlags()
    {
        var flags = Flags.Read(["migrate", "--connection=Host=db", "--schema", "jobs", "--config", "f"]);

        Assert.Empty(flags.Problems);
        Assert.Same(Verb.Migrate, flags.Verb);
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["Escapement:Store"] = "postgres",
                ["Escapement:PostgreSql:ConnectionString"] = "Host=db",
                ["Escapement:PostgreSql:Schema"] = "jobs",
            },
            flags.Settings);
    }

    [Theory]
    [InlineData("migrate --data d", "--data is not a flag of migrate, which takes --connection, --schema, --config")]
    [InlineData("migrate copy-store", "copy-store must be the first word, before all flags")]
    [InlineData("--schema jobs migrate", "migrate must be the first word, before all flags")]
    public void Read_MigrateWithSomethingElse_IsAProblem(string line, string problem) => Assert.Equal([problem], Flags.Read(line.Split(' ')).Problems);

    [Fact]
    public async Task Migrate_NewSchemaAndAgain_SaysWhatItDidAndEndsWithZero()
    {
        var first = await MigrateAsync(TestDatabase.ConnectionString);
        var newest = await TestDatabase.ReadAsync<int>(options, "SELECT max(number) FROM migrations");

        Assert.Equal((0, $"Schema {options.Schema} brought from 0 to {newest}.", ""), first);
        Assert.Equal((0, $"Schema {options.Schema} is at {newest} already.", ""), await MigrateAsync(TestDatabase.ConnectionString));
        Assert.Equal(newest, await TestDatabase.ReadAsync<long>(options, "SELECT count(*) FROM migrations"));
    }

    [Fact]
    public async Task Migrate_SchemaOfANewerProgram_EndsWithThreeAndSaysSo()
    {
        await MigrateAsync(TestDatabase.ConnectionString);
        await TestDatabase.RunAsync(options, "INSERT INTO migrations (number, name, applied_at) VALUES (9999, 'later', now())");

        var (code, output, error) = await MigrateAsync(TestDatabase.ConnectionString);

        Assert.Equal((3, ""), (code, output));
        Assert.StartsWith("escapement-server cannot migrate: Schema ", error, StringComparison.Ordinal);
        Assert.Contains("a newer program has written it", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_NoDatabaseThere_EndsWithThreeAtOnce()
    {
        var (code, output, error) = await MigrateAsync("Host=127.0.0.1;Port=1;Username=nobody;Database=none");

        Assert.Equal((3, ""), (code, output));
        Assert.StartsWith("escapement-server cannot migrate: The PostgreSQL database none on 127.0.0.1:1 cannot be reached", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Out, string Error)> MigrateAsync(string connection)
    {
        var (code, output, error) = await ServerProcess.RunAsync(["migrate", "--connection", connection, "--schema", options.Schema]);
        return (code, output.Trim(), error.Trim());
    }
}
