using System.Globalization;

namespace Escapement.Wasm.Workers;

/// <summary>How a process ended.</summary>
/// <param name="Words">For people.</param>
/// <param name="WasKilled">Whether somebody killed it, or the system for want of memory. Its own limit does not: that has it give up by itself.</param>
/// <param name="WasOutgrown">Whether the system ended it because it came to the limit of its group.</param>
internal sealed record ProcessEnd(string Words, bool WasKilled, bool WasOutgrown = false)
{
    // What a program that a signal ended is said to have ended with.
    private const int AfterSignal = 128;
    private const int Killed = AfterSignal + 9;

    /// <summary>The end of one that came to the limit of its group.</summary>
    public static ProcessEnd OfMemory(long limit) =>
        new($"It took {limit >> 20} MiB of memory, what the system holds for it included, and may take no more.", true, true);

    /// <param name="code">What it ended with; null when it has not ended yet.</param>
    public static ProcessEnd Of(int? code) => code switch
    {
        null => new("It closed its pipes.", false),
        0 => new("It ended.", false),
        Killed => new("It was killed (signal 9), by somebody or by the system for want of memory.", true),
        > AfterSignal => new(string.Create(CultureInfo.InvariantCulture, $"It was ended by signal {code - AfterSignal}."), false),
        _ => new(string.Create(CultureInfo.InvariantCulture, $"It ended with code {code}."), false),
    };
}
