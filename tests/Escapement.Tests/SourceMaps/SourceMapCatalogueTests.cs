using Escapement.SourceMaps;

namespace Escapement.Tests.SourceMaps;

public sealed class SourceMapCatalogueTests
{
    [Fact]
    public async Task Find_GivenUpWhileAnothersIsRead_IsNotReadAfterwards()
    {
        var bundle = new TaskCompletionSource<byte[]?>();
        var versions = new Failing("", "", null) { OnBundle = () => new ValueTask<byte[]?>(bundle.Task) };
        var catalogue = new SourceMapCatalogue(versions);
        using var patience = new CancellationTokenSource();
        var first = catalogue.FindAsync(new VersionId(Ids.Next(TimeProvider.System)), CancellationToken.None);
        var second = catalogue.FindAsync(new VersionId(Ids.Next(TimeProvider.System)), patience.Token);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        bundle.SetResult(null);

        Assert.Null(await first);
        Assert.Equal(1, versions.BundlesRead);
    }
}
