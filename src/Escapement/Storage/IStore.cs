using Escapement.Access;
using Escapement.Audit;
using Escapement.Backfilling;
using Escapement.Bulk;
using Escapement.Calls;
using Escapement.Compiling;
using Escapement.Events;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Forecasting;
using Escapement.Installs;
using Escapement.Listing;
using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Previews;
using Escapement.Repeats;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Waking;
using Escapement.Why;

namespace Escapement.Storage;

/// <summary>
/// Where all is kept, as one thing: the parts of it that the rooms of the host use, and the clock that they go by. Whoever needs a
/// part asks for that part; a store is opened, shared and closed as a whole.
/// </summary>
internal interface IStore : IAsyncDisposable
{
    /// <summary>The clock by which the host fires and judges leases; every node that shares the store has the same.</summary>
    TimeProvider Clock { get; }

    /// <summary>Schedules as extensions and admins see them.</summary>
    IScheduleStore Schedules { get; }

    /// <summary>Schedules of many installs.</summary>
    IScheduleListStore ScheduleLists { get; }

    /// <summary>The tenants that have installs.</summary>
    ITenantListStore TenantLists { get; }

    /// <summary>The firing path's side.</summary>
    IClaimStore Claims { get; }

    /// <summary>Pauses above the schedules.</summary>
    IPauseStore Pauses { get; }

    /// <summary>The run ledger.</summary>
    IRunStore Runs { get; }

    /// <summary>Published versions.</summary>
    IVersionStore Versions { get; }

    /// <summary>How far compilations are, and the installation's keys.</summary>
    ICompilationStore Compilations { get; }

    /// <summary>Compiled code; null for a store of one node, which keeps its own in files.</summary>
    ICompiledCodeStore? CompiledCode { get; }

    /// <summary>Installs.</summary>
    IInstallStore Installs { get; }

    /// <summary>Installs that were uninstalled and can be restored.</summary>
    IRemovedInstallStore RemovedInstalls { get; }

    /// <summary>Schedules that were deleted and can be restored.</summary>
    IRemovedScheduleStore RemovedSchedules { get; }

    /// <summary>Schedules as they were.</summary>
    IDefinitionStore Definitions { get; }

    /// <summary>What backfills are decided by.</summary>
    IBackfillStore Backfills { get; }

    /// <summary>Gateway calls that are kept.</summary>
    ICallStore Calls { get; }

    /// <summary>Audit entries.</summary>
    IAuditStore Audit { get; }

    /// <summary>Changes of many schedules.</summary>
    IBulkStore Bulk { get; }

    /// <summary>API tokens.</summary>
    ITokenStore Tokens { get; }

    /// <summary>Sessions of browsers.</summary>
    ISessionStore Sessions { get; }

    /// <summary>Previews that can be committed.</summary>
    IPreviewStore Previews { get; }

    /// <summary>Answers to requests that can be sent again.</summary>
    IAnswerStore Answers { get; }

    /// <summary>Nodes and their signs of life.</summary>
    INodeStore Nodes { get; }

    /// <summary>What is kept around an instant.</summary>
    IWhyStore Whys { get; }

    /// <summary>What is planned.</summary>
    IForecastStore Forecasts { get; }

    /// <summary>Old history.</summary>
    IRetentionStore Retention { get; }

    /// <summary>Whether it can be read and written.</summary>
    IStoreHealth Health { get; }

    /// <summary>
    /// From now on tells the other nodes what this one announces, and raises the signal for what they announce. Once for a store. One
    /// that has one node has nobody to tell.
    /// </summary>
    /// <exception cref="InvalidOperationException">A signal is connected already.</exception>
    void ConnectWakeSignal(WakeSignal wake);

    /// <summary>
    /// From now on tells the other nodes what happens on this one while somebody watches there, and the feed what happens on them. Best effort. One that
    /// has one node has nobody to tell.
    /// </summary>
    void ConnectEvents(EventFeed feed);
}
