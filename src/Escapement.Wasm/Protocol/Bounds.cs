namespace Escapement.Wasm.Protocol;

/// <summary>Holds what a worker says to what it may say.</summary>
internal static class Bounds
{
    /// <exception cref="ProtocolException">It is less than nothing, or more than the most.</exception>
    public static long Within(long value, long most) =>
        value >= 0 && value <= most ? value : throw new ProtocolException($"{value} is not between 0 and {most}.");

    /// <exception cref="ProtocolException">It is longer.</exception>
    public static string Text(string text, int maxChars) =>
        text.Length <= maxChars ? text : throw new ProtocolException($"A text is longer than {maxChars} characters.");
}
