using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Escapement.Scheduling;

/// <summary>
/// The rule on payloads: a JSON object or array, at most 100,000 bytes of UTF-8, nested at most 64 deep, kept byte for byte
/// (contract section 3). Duplicate keys are the extension's own affair.
/// </summary>
internal static class SchedulePayload
{
    public const int MaxBytes = 100_000;

    public const int MaxDepth = 64;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What is wrong with a payload that is not empty, or null.</summary>
    public static string? Fault(string payload)
    {
        // No text has fewer bytes than chars; the first test keeps a huge text from being counted.
        var bytes = payload.Length > MaxBytes ? payload.Length : Encoding.UTF8.GetByteCount(payload);
        if (bytes > MaxBytes)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{ScheduleMessages.PayloadTooLarge}: at most {MaxBytes:N0} bytes of UTF-8 are allowed");
        }

        var buffer = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            return Fault(buffer.AsSpan(0, Strict.GetBytes(payload, buffer)));
        }
        catch (EncoderFallbackException)
        {
            return $"{ScheduleMessages.PayloadNotJson}: it holds half of a surrogate pair";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? Fault(ReadOnlySpan<byte> json)
    {
        // One level more than allowed, so that too deep can be told from not JSON.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        try
        {
            if (!reader.Read() || reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                return ScheduleMessages.PayloadNotJson;
            }

            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth)
                {
                    return $"{ScheduleMessages.PayloadNotJson} nested at most {MaxDepth} deep";
                }
            }

            return null;
        }
        catch (JsonException e)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"{ScheduleMessages.PayloadNotJson}: no JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }
}
