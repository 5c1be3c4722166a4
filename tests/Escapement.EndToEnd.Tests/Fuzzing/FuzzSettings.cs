using System.Globalization;

namespace Escapement.EndToEnd.Tests.Fuzzing;

/// <summary>How long mutants are made, and with which dice.</summary>
/// <param name="Seed">What every mutant comes from; how far a run gets through them depends on the machine.</param>
/// <param name="Seconds">For both isolations together.</param>
internal sealed record FuzzSettings(int Seed, double Seconds)
{
    private const string SeedVariable = "ESCAPEMENT_FUZZ_SEED";
    private const string SecondsVariable = "ESCAPEMENT_FUZZ_SECONDS";
    private const double UsualSeconds = 60;

    public static FuzzSettings Read() => new((int)Number(SeedVariable, Random.Shared.Next(1, 1_000_000)), Number(SecondsVariable, UsualSeconds));

    private static double Number(string variable, double otherwise) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : throw new InvalidOperationException($"{variable} must be a number, not \"{text}\"")
        : otherwise;
}
