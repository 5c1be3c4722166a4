namespace Escapement.Wasm.Workers;

/// <summary>Why a worker is no more.</summary>
/// <param name="Message">For people.</param>
/// <param name="Guilty">The call that the host ended it for, if it was one of them.</param>
/// <param name="IsWanted">Whether the sandbox closes, so that nobody is to blame.</param>
/// <param name="IsNobodysFault">Whether the host ended it for reasons of its own: what ran in it is lost, and is not to blame for that.</param>
internal sealed record WorkerEnd(string Message, WorkerCall? Guilty = null, bool IsWanted = false, bool IsNobodysFault = false);
