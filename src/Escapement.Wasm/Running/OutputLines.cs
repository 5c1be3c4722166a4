using System.Text;

namespace Escapement.Wasm.Running;

/// <summary>Makes log lines of what a guest prints. Holds back no more than one line's worth of bytes.</summary>
internal sealed class OutputLines(RunLog log, string level, int maxLineBytes)
{
    private byte[] buffer = [];
    private int length;

    public void Write(ReadOnlySpan<byte> data)
    {
        while (data.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Append(data[..end]);
            EndLine();
            data = data[(end + 1)..];
        }

        Append(data);
    }

    /// <summary>Takes a last line without an end.</summary>
    public void Flush()
    {
        if (length > 0)
        {
            EndLine();
        }
    }

    private void Append(ReadOnlySpan<byte> data)
    {
        data = data[..Math.Min(data.Length, maxLineBytes - length)];
        if (length + data.Length > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Min(maxLineBytes, Math.Max(256, 2 * (length + data.Length))));
        }

        data.CopyTo(buffer.AsSpan(length));
        length += data.Length;
    }

    private void EndLine()
    {
        log.Add(level, Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\r'));
        length = 0;
    }
}
