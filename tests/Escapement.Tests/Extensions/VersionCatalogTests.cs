using System.Collections.Frozen;
using Escapement.Audit;
using Escapement.Extensions;
using Xunit;

namespace Escapement.Tests.Extensions;

public sealed class VersionCatalogTests
{
    [Fact]
    public async Task Get_Again_AsksTheStoreOnce()
    {
        var store = new Versions(json: "{}");
        var catalog = new VersionCatalog(store);
        await catalog.GetAsync(Versions.Id(1));
        await catalog.GetAsync(Versions.Id(1));
        Assert.Equal(1, store.Asked);
    }

    // Sixteen such manifests fill it; a thousand of them would be gigabytes.
    [Theory]
    [InlineData(16, 16)]
    [InlineData(17, 18)]
    public async Task Get_VersionsWithHugeManifests_AreForgottenBeforeTheyFillTheMemory(int versions, int asked)
    {
        var store = new Versions(json: new string(' ', 1 << 20));
        var catalog = new VersionCatalog(store);
        for (var i = 1; i <= versions; i++)
        {
            await catalog.GetAsync(Versions.Id(i));
        }

        await catalog.GetAsync(Versions.Id(1));

        Assert.Equal(asked, store.Asked);
    }

    private sealed class Versions(string json) : IVersionStore
    {
        public int Asked { get; private set; }

        public static VersionId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

        public ValueTask<ExtensionVersion?> GetAsync(VersionId id, CancellationToken cancellationToken = default)
        {
            Asked++;
            return new(new ExtensionVersion
            {
                Id = id,
                BundleSha256 = "",
                ComponentSha256 = "",
                PublishedAt = default,
                Endpoints = [],
                Manifest = new Manifest
                {
                    Name = "com.acme.sync",
                    Publisher = "",
                    Version = "1.0.0",
                    Runtime = ManifestReader.Runtime,
                    Capabilities = FrozenSet<string>.Empty,
                    Endpoints = [],
                    Json = json,
                },
            });
        }

        public ValueTask<PublishOutcome> PublishAsync(
            ExtensionVersion version, ReadOnlyMemory<byte> bundle, AuditEntry audit, PublisherQuota? quota, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<ExtensionVersion>> ListAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<ExtensionVersion?> FindAsync(string extensionId, string version, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<byte[]?> GetBundleAsync(VersionId id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<WithdrawOutcome> WithdrawAsync(
            ExtensionVersion version, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
