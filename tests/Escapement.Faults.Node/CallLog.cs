using System.Text.Json;

namespace Escapement.Faults;

/// <summary>A file that only grows. A line is with the operating system before the call that it tells of goes on, so that a kill loses none.</summary>
internal sealed class CallLog(string path) : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Write(CallLine line)
    {
        var bytes = (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(line), (byte)'\n'];
        lock (gate)
        {
            file.Write(bytes);
        }
    }

    public void Dispose() => file.Dispose();
}
