using Escapement.Calls;
using Escapement.Runs;

namespace Escapement.StoredForms;

/// <summary>
/// A kept call as its columns, in the order in which <c>get_call</c> and <c>list_calls</c> select them, and under the names by which
/// <c>keep_call</c> takes its texts, ids and instants.
/// </summary>
internal static class StoredCall
{
    public static KeptCall Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
        {
            Id = row.Id(0),
            Scope = new InstallScope(TenantId.Parse(row.Text(1)), new InstallId(row.Id(2))),
            At = row.Time(3),
            Version = new VersionId(row.Id(4)),
            Method = row.Text(5),
            Path = row.Text(6),
            Status = row.IntOrNull(7),
            Reason = (RunReason)row.Int(8),
            Duration = TimeSpan.FromMilliseconds(row.Int(9)),
            Error = row.TextOrNull(10),
            Evidence = LedgerJson.ReadEvidence(row.TextOrNull(11)),
        };

    public static TValues Write<TValues>(TValues statement, KeptCall call)
        where TValues : IStoredValues<TValues> => statement
        .Set("install", call.Scope.Install.Value)
        .Set("id", call.Id)
        .Set("at", call.At)
        .Set("tenant", call.Scope.Tenant.Value)
        .Set("version", call.Version.Value)
        .Set("method", call.Method)
        .Set("path", call.Path)
        .Set("error", call.Error)
        .Set("evidence", LedgerJson.Write(call.Evidence));
}
