namespace Escapement.Runs;

/// <summary>What made a run.</summary>
public enum RunTrigger
{
    /// <summary>An occurrence of the schedule.</summary>
    Schedule = 0,

    /// <summary>An admin's run-now.</summary>
    RunNow = 1,
}
