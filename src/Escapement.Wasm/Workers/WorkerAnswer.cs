using Escapement.Sandbox;

namespace Escapement.Wasm.Workers;

/// <summary>What came of a call to a worker.</summary>
/// <param name="Ended">How it ended; null when it did not begin.</param>
/// <param name="NotLoaded">Why the worker could not load the code, as it says; null when it did, or was lost before the call reached it.</param>
/// <param name="By">The worker that says so.</param>
/// <param name="IsByNew">Whether it had begun no other call, so that no guest can speak for it.</param>
internal readonly record struct WorkerAnswer(Invoked? Ended, string? NotLoaded = null, Worker? By = null, bool IsByNew = false);
