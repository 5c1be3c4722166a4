using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Extensions;

/// <summary>What is kept of an install beside it.</summary>
internal static class InstallRemains
{
    /// <summary>Has it go with an install that is gone for good; the ledger and the audit stay.</summary>
    public static void Delete(Database database, TenantId tenant, Guid install)
    {
        database.Sql("delete_removed_schedules").Set("install", install).Run();
        database.Sql("delete_install_pauses").Set("install", install).Set("tenant", tenant.Value).Run();
        database.Sql("delete_capability_uses").Set("install", install).Set("tenant", tenant.Value).Run();
        database.Sql("delete_removed_install").Set("id", install).Run();
    }
}
