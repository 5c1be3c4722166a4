namespace Escapement;

/// <summary>
/// The ids of all log events, in one place; they never change their meaning. Their first two digits say what they are about: 10 the audit, 11 retention,
/// 20 firing, 30 the gateway, 40 the node as it is seen from outside, 50 the store, 60 the sandbox. Numbers between these are free for what is to come.
/// </summary>
public static class LogEvents
{
    /// <summary>Audit entries wait because the store is unavailable.</summary>
    public const int AuditDelayed = 1001;

    /// <summary>The store refuses one audit entry for good; the log line is all there is of it.</summary>
    public const int AuditRefused = 1002;

    /// <summary>History that was older than is kept was removed.</summary>
    public const int RetentionApplied = 1101;

    /// <summary>Retention could not be applied because the store is unavailable.</summary>
    public const int RetentionDelayed = 1102;

    /// <summary>Retention failed for a reason that nobody foresaw; it is tried again.</summary>
    public const int RetentionFailed = 1103;

    /// <summary>When tokens, sessions or capabilities were last used could not be written; it is tried again.</summary>
    public const int UsesNotWritten = 1201;

    /// <summary>No node fired for a while, and one is back.</summary>
    public const int OutageEnded = 1301;

    /// <summary>A sign of life could not be stored.</summary>
    public const int NodeNotSeen = 1302;

    /// <summary>This node was drained and takes nothing new.</summary>
    public const int NodeDrained = 1303;

    /// <summary>This node takes work again.</summary>
    public const int NodeTakesWork = 1304;

    /// <summary>A change of many schedules could not go on; it is tried again.</summary>
    public const int BulkDelayed = 1401;

    /// <summary>No change of many schedules could go on; they are tried again.</summary>
    public const int AllBulkDelayed = 1402;

    /// <summary>The engine started.</summary>
    public const int EngineStarted = 2001;

    /// <summary>The engine stopped claiming and waits for its runs.</summary>
    public const int EngineStopping = 2002;

    /// <summary>The engine stopped.</summary>
    public const int EngineStopped = 2003;

    /// <summary>A stage waits because the store is unavailable.</summary>
    public const int StoreUnavailable = 2004;

    /// <summary>Runs were taken over from a lost node.</summary>
    public const int RunsRecovered = 2005;

    /// <summary>A lease was lost to another node.</summary>
    public const int LeaseLost = 2006;

    /// <summary>Occurrences were missed.</summary>
    public const int OccurrencesMissed = 2007;

    /// <summary>A run failed.</summary>
    public const int RunFailed = 2008;

    /// <summary>The host itself failed while it carried out a run.</summary>
    public const int HostFailed = 2009;

    /// <summary>Schedules were disabled because they cannot be planned.</summary>
    public const int SchedulesUnplannable = 2010;

    /// <summary>One of the engine's loops failed; the node fires no more.</summary>
    public const int EngineFailed = 2011;

    /// <summary>The store that was unavailable to the engine takes part again.</summary>
    public const int StoreBack = 2012;

    /// <summary>Why a gateway call failed could not be kept.</summary>
    public const int CallNotKept = 3001;

    /// <summary>An HTTP request was refused because the store is unavailable.</summary>
    public const int RequestStoreUnavailable = 4001;

    /// <summary>An HTTP request failed inside the host.</summary>
    public const int RequestFailed = 4002;

    /// <summary>The clock runs faster than real time.</summary>
    public const int TimeLapseActive = 4003;

    /// <summary>A readiness check failed.</summary>
    public const int NotReady = 4004;

    /// <summary>Requests were refused: no token or a wrong one, not allowed, too many.</summary>
    public const int RequestsRefused = 4005;

    /// <summary>The store's schema was brought to a newer version.</summary>
    public const int StoreMigrated = 5001;

    /// <summary>The store was opened.</summary>
    public const int StoreOpened = 5002;

    /// <summary>The node's clock is off from the database's.</summary>
    public const int ClockOff = 5003;

    /// <summary>The connection on which other nodes' changes are heard was lost.</summary>
    public const int WakeListenerLost = 5004;

    /// <summary>The store waits at start for a database that is not there yet.</summary>
    public const int StoreAwaited = 5005;

    /// <summary>A partition could not be made or dropped now.</summary>
    public const int PartitionDelayed = 5006;

    /// <summary>Other nodes were not told of a change; their poll sees it.</summary>
    public const int WakeNotTold = 5007;

    /// <summary>A machine of a distributed database is away; the tenants on the others go on.</summary>
    public const int StoreMachineAway = 5008;

    /// <summary>A machine of a distributed database is back.</summary>
    public const int StoreMachineBack = 5009;

    /// <summary>Every page of the database file was looked at after a crash, or after damage, and is sound.</summary>
    public const int StoreChecked = 5010;

    /// <summary>Pages of the database file are damaged.</summary>
    public const int StoreDamaged = 5011;

    /// <summary>The database file could not be looked at after a crash, or after damage.</summary>
    public const int StoreNotChecked = 5012;

    /// <summary>The changes of other nodes are heard again.</summary>
    public const int WakeListenerBack = 5013;

    /// <summary>A component is being compiled, and how long that takes.</summary>
    public const int ComponentCompiling = 6001;

    /// <summary>A component was compiled.</summary>
    public const int ComponentCompiled = 6002;

    /// <summary>A component cannot be used.</summary>
    public const int ComponentUnusable = 6003;

    /// <summary>A compiled file was not what its seal says, and is made anew.</summary>
    public const int CompiledFileRefused = 6004;

    /// <summary>A compiled component could not be kept on disk.</summary>
    public const int CompiledFileNotKept = 6005;

    /// <summary>A host call of a guest failed inside the host.</summary>
    public const int GuestHostCallFailed = 6006;

    /// <summary>The sandbox itself failed.</summary>
    public const int SandboxFailed = 6007;

    /// <summary>Compiled files that were not used for long were removed.</summary>
    public const int CompiledFilesRemoved = 6008;

    /// <summary>The directory of compiled files could not be looked through.</summary>
    public const int CompiledFilesNotRemoved = 6009;

    /// <summary>A worker process said something on its standard error.</summary>
    public const int WorkerSaid = 6010;

    /// <summary>A worker process is ready to run guests.</summary>
    public const int WorkerReady = 6011;

    /// <summary>A worker process did not become ready.</summary>
    public const int WorkerNotStarted = 6012;

    /// <summary>A worker process was lost, and what ran in it.</summary>
    public const int WorkerLost = 6013;

    /// <summary>A worker process makes room for a new one.</summary>
    public const int WorkerRecycled = 6014;

    /// <summary>Worker processes ended because nothing was to do for long.</summary>
    public const int WorkersIdle = 6015;

    /// <summary>The engine does not let the host bound what a guest hands over in one call.</summary>
    public const int SandboxHandedOverUnbounded = 6016;

    /// <summary>Compilations wait because the store or the compiler is unavailable.</summary>
    public const int CompilationsDelayed = 6017;

    /// <summary>A compilation was ended because nobody wants it any more, it makes room for another, or the host stops.</summary>
    public const int CompilationGivenUp = 6018;

    /// <summary>The host itself failed while it compiled a component.</summary>
    public const int CompilationFailed = 6019;

    /// <summary>A component was refused when it was compiled.</summary>
    public const int CompilationRefused = 6020;

    /// <summary>A small component takes long to compile, and counts as a large one from now on.</summary>
    public const int CompilationTakesLong = 6021;

    /// <summary>The process that compiled a component was lost, and how it ended; it is tried again after a pause.</summary>
    public const int CompilerLost = 6022;

    /// <summary>A component that is compiled elsewhere could not be compiled or loaded on this node; it is tried again after a pause that grows.</summary>
    public const int CompilationFailedHere = 6023;

    /// <summary>Compiled files had more bytes than they may, and those that were never used, or longest ago, were removed.</summary>
    public const int CompiledFilesMadeRoom = 6024;

    /// <summary>A worker process holds much memory, and is given no calls until it holds less or another takes its place.</summary>
    public const int WorkerRests = 6025;

    /// <summary>A worker process could not load compiled code that is as its seal says; a new one takes its place and tries it again, alone.</summary>
    public const int WorkerDoubted = 6026;
}
