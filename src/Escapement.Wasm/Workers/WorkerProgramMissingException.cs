namespace Escapement.Wasm.Workers;

/// <summary>The program in which guests run, or the runtime that it needs, is not where it should be; an operator can put that right.</summary>
internal sealed class WorkerProgramMissingException(string message) : InvalidOperationException(message);
