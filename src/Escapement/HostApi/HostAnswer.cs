namespace Escapement.HostApi;

/// <summary>A value, or the error that the capability's interface has for there being none.</summary>
/// <param name="Value">The answer, when <paramref name="Error"/> is null.</param>
/// <param name="Error">Why there is none.</param>
/// <typeparam name="T">What is answered.</typeparam>
/// <typeparam name="TError">The errors of the interface, by their names there (contract section 7).</typeparam>
public readonly record struct HostAnswer<T, TError>(T? Value, TError? Error)
    where TError : struct, Enum;
