using Escapement.Access;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Installs;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Storage;

namespace Escapement.Stores.Conformance;

/// <summary>What a store supplies to be held against the facts: its interfaces, and a way to be empty again.</summary>
public interface IStoreFixture
{
    IScheduleStore Schedules { get; }

    IClaimStore Claims { get; }

    IRunStore Runs { get; }

    IVersionStore Versions { get; }

    IInstallStore Installs { get; }

    IAuditStore Audit { get; }

    ITokenStore Tokens { get; }

    IRetentionStore Retention { get; }

    IStoreHealth Health { get; }

    /// <summary>Called before each fact: afterwards the store is open and holds nothing.</summary>
    ValueTask ResetAsync();
}
