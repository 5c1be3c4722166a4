using System.Collections.Concurrent;

namespace Escapement.Publishing;

/// <summary>One publication at a time for each caller: reading a bundle costs memory, time and room on the disk.</summary>
internal sealed class PublishTurns
{
    private readonly ConcurrentDictionary<string, byte> publishing = new(StringComparer.Ordinal);

    /// <summary>Takes the caller's turn, to be given back; null while another publication of the same caller goes on.</summary>
    public IDisposable? TryTake(string caller) => publishing.TryAdd(caller, 0) ? new Turn(publishing, caller) : null;

    private sealed class Turn(ConcurrentDictionary<string, byte> publishing, string caller) : IDisposable
    {
        public void Dispose() => publishing.TryRemove(caller, out _);
    }
}
