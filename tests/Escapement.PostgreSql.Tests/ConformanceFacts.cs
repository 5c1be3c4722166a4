using Escapement.Stores.Conformance;

namespace Escapement.PostgreSql.Tests;

public sealed class PostgreSqlScheduleCreateFacts(PostgreSqlFixture store) : ScheduleCreateFacts(store), IClassFixture<PostgreSqlFixture>;

public sealed class PostgreSqlScheduleChangeFacts(PostgreSqlFixture store) : ScheduleChangeFacts(store), IClassFixture<PostgreSqlFixture>;

public sealed class PostgreSqlRateLimitFacts(PostgreSqlFixture store) : RateLimitFacts(store), IClassFixture<PostgreSqlFixture>;

public sealed class PostgreSqlClaimFacts(PostgreSqlFixture store) : ClaimFacts(store), IClassFixture<PostgreSqlFixture>;

public sealed class PostgreSqlClaimLimitFacts(PostgreSqlFixture store) : ClaimLimitFacts(store), IClassFixture<PostgreSqlFixture>;

public sealed class PostgreSqlFairnessFacts(PostgreSqlFixture store) : FairnessFacts(store), IClassFixture<PostgreSqlFixture>;

public sealed class PostgreSqlCompletionFacts(PostgreSqlFixture store) : CompletionFacts(store), IClassFixture<PostgreSqlFixture>;

public sealed class PostgreSqlRecoveryFacts(PostgreSqlFixture store) : RecoveryFacts(store), IClassFixture<PostgreSqlFixture>;

public sealed class PostgreSqlRunFacts(PostgreSqlFixture store) : RunFacts(store), IClassFixture<PostgreSqlFixture>;

public sealed class PostgreSqlInstallFacts(PostgreSqlFixture store) : InstallFacts(store), IClassFixture<PostgreSqlFixture>;

public sealed class PostgreSqlRegistryFacts(PostgreSqlFixture store) : RegistryFacts(store), IClassFixture<PostgreSqlFixture>;

public sealed class PostgreSqlRetentionFacts(PostgreSqlFixture store) : RetentionFacts(store), IClassFixture<PostgreSqlFixture>;
