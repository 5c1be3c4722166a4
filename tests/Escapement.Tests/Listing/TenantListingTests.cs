using Escapement.Listing;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Listing;

public sealed class TenantListingTests : ITenantListStore
{
    private readonly FakeTimeProvider time = new();
    private readonly List<(string After, int Limit)> asked = [];

    [Theory]
    [InlineData(9_999, 1)]
    [InlineData(10_000, 2)]
    public async Task List_OneStepEitherSideOfTenSeconds_IsKeptOrCountedAnew(int milliseconds, int times)
    {
        var listing = new TenantListing(this, time);
        await listing.ListAsync("", 5, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        await listing.ListAsync("", 5, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Repeat(("", 6), times), asked);
    }

    [Fact]
    public async Task List_AnotherPage_IsAnother()
    {
        var listing = new TenantListing(this, time);
        foreach (var (after, limit) in new[] { ("", 5), ("acme", 5), ("", 6), ("acme", 5) })
        {
            await listing.ListAsync(after, limit, TestContext.Current.CancellationToken);
        }

        Assert.Equal([("", 6), ("acme", 6), ("", 7)], asked);
    }

    ValueTask<IReadOnlyList<TenantCounts>> ITenantListStore.ListAsync(string after, int limit, CancellationToken cancellationToken)
    {
        asked.Add((after, limit));
        return new([]);
    }
}
