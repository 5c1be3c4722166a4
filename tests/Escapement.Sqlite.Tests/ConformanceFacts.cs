using Escapement.Stores.Conformance;

namespace Escapement.Sqlite.Tests;

public sealed class SqliteScheduleCreateFacts(SqliteFixture store) : ScheduleCreateFacts(store), IClassFixture<SqliteFixture>;

public sealed class SqliteScheduleChangeFacts(SqliteFixture store) : ScheduleChangeFacts(store), IClassFixture<SqliteFixture>;

public sealed class SqliteRateLimitFacts(SqliteFixture store) : RateLimitFacts(store), IClassFixture<SqliteFixture>;

public sealed class SqliteClaimFacts(SqliteFixture store) : ClaimFacts(store), IClassFixture<SqliteFixture>;

public sealed class SqliteClaimLimitFacts(SqliteFixture store) : ClaimLimitFacts(store), IClassFixture<SqliteFixture>;

public sealed class SqliteFairnessFacts(SqliteFixture store) : FairnessFacts(store), IClassFixture<SqliteFixture>;

public sealed class SqliteCompletionFacts(SqliteFixture store) : CompletionFacts(store), IClassFixture<SqliteFixture>;

public sealed class SqliteRecoveryFacts(SqliteFixture store) : RecoveryFacts(store), IClassFixture<SqliteFixture>;

public sealed class SqliteRunFacts(SqliteFixture store) : RunFacts(store), IClassFixture<SqliteFixture>;

public sealed class SqliteInstallFacts(SqliteFixture store) : InstallFacts(store), IClassFixture<SqliteFixture>;

public sealed class SqliteRegistryFacts(SqliteFixture store) : RegistryFacts(store), IClassFixture<SqliteFixture>;

public sealed class SqliteRetentionFacts(SqliteFixture store) : RetentionFacts(store), IClassFixture<SqliteFixture>;
