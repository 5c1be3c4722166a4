namespace Escapement.Server.Starting;

/// <summary>What the process ends with; scripts and service managers tell by it whether starting again makes sense.</summary>
internal static class ExitCode
{
    public const int Stopped = 0;

    public const int Bug = 1;

    /// <summary>The answer of <c>--check</c>, in the number that orchestrators want.</summary>
    public const int NotReady = 1;

    public const int WrongSettings = 2;

    /// <summary>Also of a verb that cannot do what it is for, and of <c>check</c> when it finds damage.</summary>
    public const int CannotStart = 3;
}
