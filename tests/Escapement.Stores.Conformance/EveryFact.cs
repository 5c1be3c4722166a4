namespace Escapement.Stores.Conformance;

// Compiled into the tests of each store, whose project says which fixture StoreUnderTest is: so no store can leave out some of the facts.

public sealed class StoreScheduleCreateFacts(StoreUnderTest store) : ScheduleCreateFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreScheduleChangeFacts(StoreUnderTest store) : ScheduleChangeFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreRateLimitFacts(StoreUnderTest store) : RateLimitFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreClaimFacts(StoreUnderTest store) : ClaimFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreClaimLimitFacts(StoreUnderTest store) : ClaimLimitFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreFairnessFacts(StoreUnderTest store) : FairnessFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreWaitingFacts(StoreUnderTest store) : WaitingFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreLateChangeFacts(StoreUnderTest store) : LateChangeFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StorePauseFacts(StoreUnderTest store) : PauseFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StorePauseLayerFacts(StoreUnderTest store) : PauseLayerFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StorePauseRaceFacts(StoreUnderTest store) : PauseRaceFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreSkipFacts(StoreUnderTest store) : SkipFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreOutcomeFacts(StoreUnderTest store) : OutcomeFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreRecoveryFacts(StoreUnderTest store) : RecoveryFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreRunFacts(StoreUnderTest store) : RunFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreRerunFacts(StoreUnderTest store) : RerunFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreDefinitionFacts(StoreUnderTest store) : DefinitionFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreWhyFacts(StoreUnderTest store) : WhyFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreBackfillFacts(StoreUnderTest store) : BackfillFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreInstallFacts(StoreUnderTest store) : InstallFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreUpgradeFacts(StoreUnderTest store) : UpgradeFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreUpgradeWhileFiringFacts(StoreUnderTest store) : UpgradeWhileFiringFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreInstallTumultFacts(StoreUnderTest store) : InstallTumultFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreInterruptedChangeFacts(StoreUnderTest store) : InterruptedChangeFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreRemovedInstallFacts(StoreUnderTest store) : RemovedInstallFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreRemovedScheduleFacts(StoreUnderTest store) : RemovedScheduleFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreRegistryFacts(StoreUnderTest store) : RegistryFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreCompilationFacts(StoreUnderTest store) : CompilationFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreAuditFacts(StoreUnderTest store) : AuditFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreRetentionFacts(StoreUnderTest store) : RetentionFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreCallFacts(StoreUnderTest store) : CallFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreTokenFacts(StoreUnderTest store) : TokenFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreSessionFacts(StoreUnderTest store) : SessionFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StorePreviewFacts(StoreUnderTest store) : PreviewFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreAnswerFacts(StoreUnderTest store) : AnswerFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreListFacts(StoreUnderTest store) : ListFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreNodeFacts(StoreUnderTest store) : NodeFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreForecastFacts(StoreUnderTest store) : ForecastFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreUndoFacts(StoreUnderTest store) : UndoFacts(store), IClassFixture<StoreUnderTest>;

public sealed class StoreBulkFacts(StoreUnderTest store) : BulkFacts(store), IClassFixture<StoreUnderTest>;
