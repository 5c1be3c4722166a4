using Escapement.Server.Configuration;
using Escapement.Server.Tests.Starting;
using Escapement.Sqlite;
using Microsoft.Data.Sqlite;

namespace Escapement.Server.Tests.Upkeep;

public sealed class UpkeepCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("escapement-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Read_Verb_TakesItsOperandAndItsFlags()
    {
        var flags = Flags.Read(["backup", "--data", "d", "there.db"]);

        Assert.Empty(flags.Problems);
        Assert.Equal((Verb.Backup, "there.db"), (flags.Verb, flags.Operand));
        Assert.Equal(new Dictionary<string, string?> { ["Escapement:DataFolder"] = "d" }, flags.Settings);
    }

    [Theory]
    [InlineData("backup", "backup needs a FILE: escapement-server backup FILE --data FOLDER")]
    [InlineData("restore --data d", "restore needs a FILE: escapement-server restore FILE --data FOLDER")]
    [InlineData("backup a b", "b is not a flag of this server; --help lists them")]
    [InlineData("check a", "a is not a flag of this server; --help lists them")]
    [InlineData("check --urls http://127.0.0.1:1", "--urls is not a flag of check, which takes --data, --config")]
    [InlineData("--data d check", "check must be the first word, before all flags")]
    public void Read_VerbWithSomethingElse_IsAProblem(string arguments, string problem) =>
        Assert.Equal([problem], Flags.Read(arguments.Split(' ')).Problems);

    [Fact]
    public async Task BackUpCheckAndRestore_WhileAStoreIsOpen_WorkAndSayWhatTheyDid()
    {
        var file = Path.Combine(folder, "backup.db");
        await using (await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, TimeProvider.System))
        {
            Assert.Equal((0, ""), Quiet(await ServerProcess.RunAsync(["check", "--data", folder]), " is sound, with its log: "));
            Assert.Equal((0, ""), Quiet(await ServerProcess.RunAsync(["backup", file, "--data", folder]), "0 schedules, 0 runs; opened"));
            var (code, _, error) = await ServerProcess.RunAsync(["restore", file, "--data", folder]);
            Assert.Equal(3, code);
            Assert.StartsWith("escapement-server cannot restore. --data: ", error, StringComparison.Ordinal);
        }

        Assert.Equal((0, ""), Quiet(await ServerProcess.RunAsync(["restore", file, "--data", folder]), "remove it when you are sure"));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("backup there.db")]
    public async Task Verb_WithAConnectionInTheEnvironment_DoesNotLookAtIt(string verb)
    {
        await (await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, TimeProvider.System)).DisposeAsync();
        var arguments = verb.Replace("there.db", Path.Combine(folder, "there.db"), StringComparison.Ordinal).Split(' ');

        var (code, _, error) = await ServerProcess.RunAsync(
            [.. arguments, "--data", folder], ("ESCAPEMENT__PostgreSql__ConnectionString", "Host=127.0.0.1;Database=d"));

        Assert.Equal((0, ""), (code, error));
    }

    [Fact]
    public async Task Check_DamagedFile_EndsWithThreeAndSaysWhatToDo()
    {
        await (await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, TimeProvider.System)).DisposeAsync();
        var database = Path.Combine(folder, "escapement.db");
        await using (var file = File.OpenWrite(database))
        {
            file.Position = 4096 * 3;
            file.Write([.. Enumerable.Repeat((byte)0xA5, 4096)]);
        }

        var (code, output, error) = await ServerProcess.RunAsync(["check", "--data", folder]);

        Assert.Equal((3, ""), (code, output));
        Assert.Contains($"{database} is damaged", error, StringComparison.Ordinal);
        Assert.Contains("escapement-server restore FILE --data /", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_BundleIsMissing_EndsWithThreeAndSaysWhoseAndWhatToDo()
    {
        await using (var server = await RunningServer.StartAsync(folder: folder))
        {
            await server.InstallAsync();
        }

        var database = Path.Combine(folder, "escapement.db");
        Assert.Equal((0, ""), Quiet(await ServerProcess.RunAsync(["check", "--data", folder]), " is sound, with its log: "));
        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new SqliteCommand("DELETE FROM bundles", connection);
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        var (code, output, error) = await ServerProcess.RunAsync(["check", "--data", folder]);

        Assert.Equal((3, ""), (code, output));
        Assert.Contains($"  - the bundle of {RunningServer.Extension} 1.0.0 is not there", error, StringComparison.Ordinal);
        Assert.Contains("escapement-server restore FILE --data /", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_EmptyFile_IsNoDatabaseOfEscapement()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "escapement.db"), [], TestContext.Current.CancellationToken);

        var (code, output, error) = await ServerProcess.RunAsync(["check", "--data", folder]);

        Assert.Equal((3, ""), (code, output));
        Assert.Contains("is not a database of Escapement", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_OfTheOtherStore_NamesItsTools()
    {
        var (code, _, error) = await ServerProcess.RunAsync(
            ["backup", Path.Combine(folder, "b.db")],
            ("ESCAPEMENT__Store", "postgres"),
            ("ESCAPEMENT__PostgreSql__ConnectionString", "Host=127.0.0.1"));

        Assert.Equal(3, code);
        Assert.Contains("pg_dump", error, StringComparison.Ordinal);
    }

    private static (int Code, string Error) Quiet((int Code, string Out, string Error) ended, string expected)
    {
        Assert.Contains(expected, ended.Out, StringComparison.Ordinal);
        return (ended.Code, ended.Error);
    }
}
