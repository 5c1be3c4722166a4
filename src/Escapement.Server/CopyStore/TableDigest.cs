using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Escapement.Storage;

namespace Escapement.Server.CopyStore;

/// <summary>How many rows a table has and what is in them, whatever their order: each row's hash is added to a sum.</summary>
internal readonly record struct Digest(long Rows, ulong A, ulong B, ulong C, ulong D)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{A:x16}{B:x16}{C:x16}{D:x16}");
}

/// <summary>Computes the digest of a table row by row, from values that are alike on both sides.</summary>
internal sealed class TableDigest(StoreTable table)
{
    private readonly ArrayBufferWriter<byte> row = new();

    public Digest Value { get; private set; }

    public void Add(object?[] values)
    {
        row.ResetWrittenCount();
        for (var i = 0; i < values.Length; i++)
        {
            Write(table.Columns[i].Kind, values[i]);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row.WrittenSpan, hash);
        Value = new Digest(
            Value.Rows + 1,
            unchecked(Value.A + BinaryPrimitives.ReadUInt64BigEndian(hash)),
            unchecked(Value.B + BinaryPrimitives.ReadUInt64BigEndian(hash[8..])),
            unchecked(Value.C + BinaryPrimitives.ReadUInt64BigEndian(hash[16..])),
            unchecked(Value.D + BinaryPrimitives.ReadUInt64BigEndian(hash[24..])));
    }

    // Each value says how long it is, so that two rows cannot look alike because of where a value ends.
    private void Write(ColumnKind kind, object? value)
    {
        switch (kind, value)
        {
            case (_, null):
                Write(-1);
                break;
            case (ColumnKind.Text, string text):
                var length = Encoding.UTF8.GetByteCount(text);
                Write(length);
                row.Advance(Encoding.UTF8.GetBytes(text, row.GetSpan(length)));
                break;
            case (ColumnKind.Utf8 or ColumnKind.Bytes, byte[] bytes):
                Write(bytes.Length);
                row.Write(bytes);
                break;
            case (ColumnKind.Id, Guid id):
                Write(16);
                id.TryWriteBytes(row.GetSpan(16), bigEndian: true, out _);
                row.Advance(16);
                break;
            case (ColumnKind.Real, double real):
                Write(BitConverter.DoubleToInt64Bits(real));
                break;
            case (ColumnKind.Instant, DateTime at):
                Write(at.Ticks);
                break;
            default:
                Write(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Write(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(row.GetSpan(8), number);
        row.Advance(8);
    }
}
