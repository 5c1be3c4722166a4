namespace Escapement.Server.Starting;

/// <summary>What the process ends with; scripts and service managers tell by it whether starting again makes sense.</summary>
internal static class ExitCode
{
    public const int Stopped = 0;

    public const int Bug = 1;

    /// <summary>The answer of <c>--check</c>, in the number that orchestrators want.</summary>
    public const int NotReady = 1;

    public const int WrongSettings = 2;

    /// <summary>Also of <c>copy-store</c> and <c>migrate</c>, when they cannot do it.</summary>
    public const int CannotStart = 3;
}
