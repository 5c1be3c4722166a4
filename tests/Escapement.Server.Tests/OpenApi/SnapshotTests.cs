using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.OpenApi;

/// <summary>
/// Holds the document that the console's types are made of against the server's: so that a change of the API is seen where the console is built, which then
/// does not compile.
/// </summary>
public sealed class SnapshotTests
{
    private const string Write = "ESCAPEMENT_WRITE_OPENAPI";

    [Fact]
    public async Task Snapshot_OfTheConsole_IsTheServersDocument()
    {
        await using var server = await RunningServer.StartAsync();
        var document = await server.Client.GetStringAsync("/openapi/v1.json");
        var file = Path.Combine(FindRoot(), "console/api/openapi.json");
        if (Environment.GetEnvironmentVariable(Write) == "1")
        {
            await File.WriteAllTextAsync(file, document.ReplaceLineEndings("\n").TrimEnd() + "\n");
        }

        var isSame = File.Exists(file) && JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(file)), JsonNode.Parse(document));
        Assert.True(
            isSame,
            "console/api/openapi.json is not what the server says of its API. Write it again, and mend what the console's build then refuses:\n"
            + $"  {Write}=1 dotnet run -c Release --project tests/Escapement.Server.Tests -- --filter-class '*{nameof(SnapshotTests)}'");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Escapement.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository was not found");
        }

        return folder;
    }
}
