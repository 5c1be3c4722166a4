using System.Security.Cryptography;
using System.Text;

namespace Escapement.SampleWorld.Playing;

/// <summary>Chance that is the same in every world: drawn from a text and nothing else.</summary>
internal sealed class Draws(string text)
{
    private readonly byte[] bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text));
    private int used;

    /// <summary>From 0, below 1.</summary>
    public double Next()
    {
        used += 4;
        return used > bytes.Length ? throw new InvalidOperationException("A text has eight draws") : BitConverter.ToUInt32(bytes, used - 4) / 4_294_967_296.0;
    }

    /// <summary>From one number up to another, that one left out.</summary>
    public int Between(int from, int to) => from + (int)(Next() * (to - from));

    public T Of<T>(IReadOnlyList<T> things) => things[Between(0, things.Count)];
}
