using System.Globalization;

namespace Escapement.Faults.Tests;

/// <summary>How long the suite goes on, and with which dice.</summary>
/// <param name="Seed">What everything random here comes from; processes and their timing are not repeated by it.</param>
/// <param name="Minutes">How long faults are injected; 0 for the short form: each kind once.</param>
internal sealed record FaultSettings(int Seed, double Minutes)
{
    private const string SeedVariable = "ESCAPEMENT_FAULTS_SEED";
    private const string MinutesVariable = "ESCAPEMENT_FAULTS_MINUTES";
    private const int UsualSeed = 20260301;

    public static FaultSettings Read()
    {
        var minutes = Number(MinutesVariable, 0);
        return new FaultSettings((int)Number(SeedVariable, minutes > 0 ? Random.Shared.Next(1, 1_000_000) : UsualSeed), minutes);
    }

    private static double Number(string variable, double otherwise) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : throw new InvalidOperationException($"{variable} must be a number, not \"{text}\"")
        : otherwise;
}
