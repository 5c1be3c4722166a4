namespace Escapement.Wasm.Running;

/// <summary>
/// What one run may hand to the host in all its calls together, whatever becomes of them. One call is bounded by the engine before
/// anything is copied; this ends a guest that does it over and over.
/// </summary>
internal sealed class CallBudget(long bytes)
{
    // So that calls without arguments, endless ones in a loop, come to an end as well.
    private const int OfACall = 16;

    private long left = bytes;

    /// <summary>False once more was handed over than a run may.</summary>
    public bool Take(long size) => (left -= size + OfACall) >= 0;
}
