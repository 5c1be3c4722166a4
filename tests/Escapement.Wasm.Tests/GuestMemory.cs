using System.Buffers.Binary;
using System.Text;

namespace Escapement.Wasm.Tests;

/// <summary>A guest's memory, in which values lie as the canonical ABI of components has them.</summary>
internal sealed class GuestMemory(ReadOnlyMemory<byte> bytes)
{
    public byte Byte(int at) => bytes.Span[at];

    public int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[at..]);

    public string Text(int at) => Encoding.UTF8.GetString(bytes.Span.Slice(Int(at), Int(at + 4)));

    public string? OptionalText(int at) => Byte(at) == 0 ? null : Text(at + 4);
}
