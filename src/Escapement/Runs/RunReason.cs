namespace Escapement.Runs;

/// <summary>Why a run ended as it did. Closed: an unknown value is a failure, never a success.</summary>
public enum RunReason
{
    /// <summary>Not started yet, under way, or a plain success.</summary>
    None = 0,

    /// <summary>The endpoint answered with a status of 400 or above.</summary>
    ErrorStatus = 1,

    /// <summary>The guest trapped.</summary>
    Trap = 2,

    /// <summary>The guest did not answer within its time limit.</summary>
    TimeOut = 3,

    /// <summary>The answer was larger than allowed.</summary>
    ResponseTooLarge = 4,

    /// <summary>The guest wanted more memory than allowed.</summary>
    OutOfMemory = 5,

    /// <summary>The component could not be loaded.</summary>
    ComponentUnavailable = 6,

    /// <summary>The guest made more host calls than one run may.</summary>
    TooManyHostCalls = 7,

    /// <summary>The host itself failed while it ran the guest.</summary>
    HostError = 8,

    /// <summary>
    /// The process that ran the guest ended before the guest answered. The reason of a run whose guest was alone there; of an earlier attempt also where
    /// others shared it, and the run was tried again alone.
    /// </summary>
    WorkerLost = 9,

    /// <summary>The previous run of the schedule was still going.</summary>
    Overlap = 20,

    /// <summary>The schedule was paused.</summary>
    Paused = 21,

    /// <summary>An admin skipped it ahead of time.</summary>
    SkippedByAdmin = 22,

    /// <summary>The host was down or too busy, and a later occurrence took its place.</summary>
    Superseded = 30,

    /// <summary>It was older than the catch-up window when the host came back.</summary>
    OutsideCatchUpWindow = 31,

    /// <summary>The host was down or too busy, and the schedule's policy catches nothing up.</summary>
    NotCaughtUp = 32,

    /// <summary>Its node was lost, as often as attempts after a loss are allowed.</summary>
    NodeLost = 40,

    /// <summary>The install was disabled before it could start.</summary>
    InstallDisabled = 41,

    /// <summary>The install was removed before it could start.</summary>
    InstallRemoved = 42,

    /// <summary>The schedule was disabled before it could start.</summary>
    ScheduleDisabled = 43,

    /// <summary>The schedule was deleted before it could start.</summary>
    ScheduleDeleted = 44,

    /// <summary>The installed version has no such schedulable endpoint; the schedule is held until one has it.</summary>
    EndpointGone = 45,

    /// <summary>The schedule's zone is unknown on the host or its expression cannot be read; the schedule was disabled.</summary>
    ScheduleUnplannable = 46,

    /// <summary>
    /// Its node was stopped in an orderly way before the attempt ended, and gave the run back. Only ever the reason of an earlier
    /// attempt, and of the run until the next: however often that happens, the run is tried again.
    /// </summary>
    NodeStopped = 47,

    /// <summary>
    /// Its node lost the store for longer than its lease, as often as attempts after a loss are allowed. The node may have gone on with it;
    /// what came of that could not be written down.
    /// </summary>
    StoreLost = 48,

    /// <summary>Its component was not compiled yet. Only while it waits: the run is put back as it was, and no attempt was made.</summary>
    Compiling = 49,

    /// <summary>The schedule's cron or time zone was changed before it could start.</summary>
    ScheduleChanged = 50,

    /// <summary>It was to repeat another run, whose payload is kept no more.</summary>
    PayloadGone = 51,

    /// <summary>The sandbox could not start a process to run it in. Only while it waits, as with <see cref="Compiling"/>.</summary>
    SandboxUnavailable = 60,
}
