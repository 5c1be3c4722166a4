using Escapement.Runs;

namespace Escapement.Wasm.Running;

/// <summary>Why the host ended a guest. Decided by the host before the guest traps, so the trap's text is not looked at.</summary>
/// <param name="Reason">Null when the caller gave up.</param>
/// <param name="Message">For people.</param>
internal sealed record GuestEnd(RunReason? Reason, string Message);

/// <summary>Leaves the guest; its store is not used again.</summary>
internal sealed class GuestEndedException(string message) : Exception(message);
