namespace Escapement.EndToEnd.Tests.Fuzzing;

/// <summary>Changes bytes as somebody would who does not know what they mean, and as somebody would who knows where numbers lie.</summary>
internal static class Mutation
{
    // Numbers at the edges of what formats hold: LEB128 of 2^32-1, of 2^64-1, and one that does not end.
    private static readonly byte[][] Edges =
    [
        [0xff, 0xff, 0xff, 0xff, 0x0f],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
        [0x00],
        [0x7f],
        [0xff, 0xff, 0xff, 0xff],
    ];

    /// <summary>A changed copy: one to eight changes, each of one kind.</summary>
    public static byte[] Of(ReadOnlySpan<byte> original, Random random)
    {
        List<byte> bytes = [.. original];
        for (var changes = random.Next(1, 9); changes > 0 && bytes.Count > 0; changes--)
        {
            Change(bytes, random);
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, 65), bytes.Count - at);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 5:
                var edge = Edges[random.Next(Edges.Length)];
                bytes.RemoveRange(at, Math.Min(edge.Length, bytes.Count - at));
                bytes.InsertRange(at, edge);
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }
}
