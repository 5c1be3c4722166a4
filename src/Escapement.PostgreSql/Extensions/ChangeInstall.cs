using Escapement.Installs;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Scheduling;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Extensions;

/// <summary>Changes an install's version or grants: one round trip to hold what the decision goes by, one to write.</summary>
internal static class ChangeInstall
{
    /// <summary>What became of it, and what that says in the audit.</summary>
    public static async ValueTask<(InstallOutcome Outcome, string? Detail)> RunAsync(
        Session session,
        InstallScope scope,
        VersionId? target,
        Func<Install, IReadOnlyList<EndpointUse>, InstallChange> decide,
        CancellationToken cancellationToken)
    {
        var (current, uses, withdrawn) = await HoldAsync(session, scope, target, cancellationToken);
        if (current is null || withdrawn)
        {
            return (current is null ? new InstallOutcome.NotFound() : new InstallOutcome.VersionWithdrawn(), null);
        }

        var change = decide(current, uses);
        if (change.After is not { } after)
        {
            return (new InstallOutcome.Refused(change.Problems), null);
        }

        var bucket = Bucket.Of(scope.Tenant);
        StoredInstall.WriteChanged(session.Sql("update_install"), after).Set("bucket", bucket);
        if (change.Follow is { } follow)
        {
            await VersionFollowers.FollowAsync(session, scope, follow, cancellationToken);
        }
        else if (change.ResetsFailures)
        {
            session.Sql("reset_failures").Set("bucket", bucket).Set("install", scope.Install.Value);
        }

        return (InstallOutcome.Changed(current, after), change.Detail);
    }

    // Holds an install and the version that it is to be of, and reads what its schedules call. One round trip.
    private static async ValueTask<(Install? Current, List<EndpointUse> Uses, bool Withdrawn)> HoldAsync(
        Session session, InstallScope scope, VersionId? target, CancellationToken cancellationToken)
    {
        session.Sql("lock_install").Set("bucket", Bucket.Of(scope.Tenant)).Set("id", scope.Install.Value).Set("tenant", scope.Tenant.Value);
        session.Sql("list_endpoint_uses")
            .Set("bucket", Bucket.Of(scope.Tenant))
            .Set("install", scope.Install.Value)
            .Set("tenant", scope.Tenant.Value);
        if (target is { } version)
        {
            session.Sql("hold_version").Set("id", version.Value);
        }

        await using var rows = await session.OpenAsync(cancellationToken);
        var current = await rows.FirstAsync(StoredInstall.Read, cancellationToken);
        await rows.NextAsync(cancellationToken);
        var uses = await rows.ListAsync(StoredEndpointUse.Read, cancellationToken);
        return (current, uses, await rows.NextAsync(cancellationToken) && await rows.ReadAsync(cancellationToken) && !rows.IsNull(0));
    }
}
