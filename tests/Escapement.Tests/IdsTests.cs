using System.Collections.Concurrent;

namespace Escapement.Tests;

public sealed class IdsTests
{
    [Fact]
    public void Next_FromManyThreads_AllDifferAndSoDoTheirRandomParts()
    {
        var made = new ConcurrentBag<Guid>();

        Parallel.For(0, 20_000, _ => made.Add(Ids.Next(TimeProvider.System)));

        Assert.Equal(20_000, made.Distinct().Count());
        Assert.Equal(20_000, made.Select(RandomPart).Distinct().Count());
    }

    [Fact]
    public void Next_OneAfterAnother_SortAsTheyWereMadeAndAreOfVersion7()
    {
        var made = Enumerable.Range(0, 5_000).Select(_ => Ids.Next(TimeProvider.System)).ToList();

        Assert.Equal(made.Order(), made);
        Assert.All(made, id => Assert.Equal((7, 2), (id.Version, id.Variant >> 2)));
    }

    private static ulong RandomPart(Guid id) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(id.ToByteArray(bigEndian: true).AsSpan(8));
}
