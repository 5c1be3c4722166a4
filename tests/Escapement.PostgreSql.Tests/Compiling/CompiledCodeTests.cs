using System.Security.Cryptography;
using Escapement.Stores.Conformance;

namespace Escapement.PostgreSql.Tests.Compiling;

/// <summary>Compiled code in the store; the embedded store has one node, which keeps its own.</summary>
public sealed class CompiledCodeTests(PostgreSqlFixture fixture) : StoreFacts(fixture), IClassFixture<PostgreSqlFixture>
{
    private const string Engine = "0123456789abcdef";
    private const string OtherEngine = "fedcba9876543210";

    private static readonly string Component = new('c', 64);

    [Fact]
    public async Task Save_SeveralParts_ComesBackUntilReplacedOrRemoved()
    {
        // Over several parts, and one of them not full.
        var bytes = RandomNumberGenerator.GetBytes(2_500_000);
        var code = Store.CompiledCode!;
        await code.SaveAsync(Component, OtherEngine, bytes.AsMemory(0, 10), Minute(0), Minute(-9));
        await code.SaveAsync(Component, Engine, bytes, Minute(1), Minute(-9));

        Assert.Equal(bytes, await LoadAsync(Component, Engine));
        Assert.Equal(bytes[..10], await LoadAsync(Component, OtherEngine));
        Assert.Null(await LoadAsync(new string('d', 64), Engine));

        await code.SaveAsync(Component, Engine, bytes.AsMemory(0, 5), Minute(9), Minute(-9));
        Assert.Equal(bytes[..5], await LoadAsync(Component, Engine));

        await code.RemoveAsync(Component, Engine);
        Assert.Null(await LoadAsync(Component, Engine));
        Assert.NotNull(await LoadAsync(Component, OtherEngine));
    }

    [Fact]
    public async Task Save_OfAnotherEngine_DropsWhatIsOlderThanToldAndNothingElse()
    {
        var code = Store.CompiledCode!;
        await code.SaveAsync(Component, OtherEngine, new byte[] { 1 }, Minute(0), Minute(-9));
        await code.SaveAsync(Component, Engine, new byte[] { 2 }, Minute(1), Minute(0));
        Assert.NotNull(await LoadAsync(Component, OtherEngine));

        await code.SaveAsync(Component, Engine, new byte[] { 3 }, Minute(1), Minute(0.1));
        Assert.Null(await LoadAsync(Component, OtherEngine));
        Assert.Equal([3], await LoadAsync(Component, Engine));
    }

    private async Task<byte[]?> LoadAsync(string component, string engine)
    {
        using var into = new MemoryStream();
        var isThere = await Store.CompiledCode!.LoadAsync(component, engine, into);
        Assert.Equal(isThere, into.Length > 0);
        return isThere ? into.ToArray() : null;
    }
}
