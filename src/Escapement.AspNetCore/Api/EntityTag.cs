using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Escapement.AspNetCore.Json;

namespace Escapement.AspNetCore.Api;

/// <summary>
/// What a client saw of a thing, as one text: a hash over all of the fields that a change can be lost in, and a short one of each, so that whoever
/// comes with an old one can be told which fields changed, though nobody keeps old versions.
/// </summary>
internal static class EntityTag
{
    private const int WholeBytes = 12;
    private const int FieldBytes = 2;

    /// <summary>The tag of a thing with these fields, without quotes.</summary>
    public static string Of(IReadOnlyList<(string Name, object? Value)> fields)
    {
        var all = new byte[fields.Count * SHA256.HashSizeInBytes];
        for (var i = 0; i < fields.Count; i++)
        {
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(fields[i].Value, ApiJson.Options), all.AsSpan(i * SHA256.HashSizeInBytes));
        }

        Span<byte> tag = stackalloc byte[WholeBytes + (fields.Count * FieldBytes)];
        SHA256.HashData(all).AsSpan(0, WholeBytes).CopyTo(tag);
        for (var i = 0; i < fields.Count; i++)
        {
            all.AsSpan(i * SHA256.HashSizeInBytes, FieldBytes).CopyTo(tag[(WholeBytes + (i * FieldBytes))..]);
        }

        return Base64Url.EncodeToString(tag);
    }

    /// <summary>Which fields differ between an older tag and these; none when the tag is not one of a thing with such fields.</summary>
    public static IReadOnlyList<string> Changed(string older, IReadOnlyList<(string Name, object? Value)> fields)
    {
        var now = Base64Url.DecodeFromChars(Of(fields));
        var then = new byte[now.Length];
        if (older.Length != Base64Url.GetEncodedLength(now.Length) || !Base64Url.TryDecodeFromChars(older, then, out var written) || written != now.Length)
        {
            return [];
        }

        return [.. fields.Select(f => f.Name).Where((_, i) => !Field(now, i).SequenceEqual(Field(then, i)))];
    }

    private static Span<byte> Field(byte[] tag, int i) => tag.AsSpan(WholeBytes + (i * FieldBytes), FieldBytes);
}

/// <summary>An answer that shows a thing with a tag.</summary>
internal interface ITagged
{
    /// <summary>Its tag, without quotes.</summary>
    string Etag { get; }
}
