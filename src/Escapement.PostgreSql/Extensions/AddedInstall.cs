using Escapement.Installs;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Extensions;

/// <summary>Adds an install, inside a transaction: a tenant has an extension once, and only in a version that was not withdrawn.</summary>
internal static class AddedInstall
{
    /// <summary>Why it was not added; null when it was.</summary>
    public static async ValueTask<InstallOutcome?> TryAsync(Session session, Install install, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(install.Scope.Tenant);
        StoredInstall.Write(session.Sql("add_install"), install).Set("bucket", bucket);
        session.Sql("find_install").Set("bucket", bucket).Set("tenant", install.Scope.Tenant.Value).Set("extension", install.ExtensionId);

        // After the row is there, whose reference to the version waits for whoever withdraws that.
        session.Sql("get_withdrawn").Set("id", install.Version.Value);
        Install existing;
        bool withdrawn;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            await rows.NextAsync(cancellationToken);
            existing = (await rows.FirstAsync(StoredInstall.Read, cancellationToken))!;
            await rows.NextAsync(cancellationToken);
            withdrawn = await rows.ReadAsync(cancellationToken);
        }

        if (existing.Scope != install.Scope)
        {
            return new InstallOutcome.AlreadyInstalled(existing.Scope.Install);
        }

        if (withdrawn)
        {
            session.Sql("remove_install").Set("bucket", bucket).Set("id", install.Scope.Install.Value);
            return new InstallOutcome.VersionWithdrawn();
        }

        return null;
    }
}
