using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;

namespace Escapement.PostgreSql.Extensions;

/// <summary>What is kept of an install beside it.</summary>
internal static class InstallRemains
{
    /// <summary>Has it go with an install that is gone for good; the ledger and the audit stay.</summary>
    public static void Delete(Session session, TenantId tenant, Guid install)
    {
        var bucket = Bucket.Of(tenant);
        session.Sql("delete_removed_schedules").Set("bucket", bucket).Set("install", install);
        session.Sql("delete_install_pauses").Set("bucket", bucket).Set("install", install).Set("tenant", tenant.Value);
        session.Sql("delete_capability_uses").Set("bucket", bucket).Set("install", install).Set("tenant", tenant.Value);
        session.Sql("delete_removed_install").Set("bucket", bucket).Set("id", install);
    }
}
