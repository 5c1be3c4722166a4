using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Escapement.Wasm.Tests;

/// <summary>Lays values into a guest's memory, one after the other, before it starts.</summary>
internal sealed class GuestData
{
    private readonly StringBuilder segments = new(GuestComponent.AnswerData);
    private int next = 512;

    /// <summary>Gives the text's address and length.</summary>
    public (int At, int Length) Text(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>Gives the address of the first.</summary>
    public int Words(params ReadOnlySpan<int> words)
    {
        var bytes = new byte[4 * words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        }

        return Add(bytes).At;
    }

    public override string ToString() => segments.ToString();

    private (int At, int Length) Add(byte[] bytes)
    {
        var at = next;
        var escaped = string.Concat(bytes.Select(b => "\\" + b.ToString("x2", CultureInfo.InvariantCulture)));
        segments.Append(CultureInfo.InvariantCulture, $"(data (i32.const {at}) \"{escaped}\")");
        next += (bytes.Length + 7) / 8 * 8;
        return (at, bytes.Length);
    }
}
