using Escapement.Installs;

namespace Escapement.StoredForms;

/// <summary>An install that was removed, in the order in which <c>list_removed_installs</c> selects it.</summary>
internal static class StoredRemovedInstall
{
    public static RemovedInstall Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct =>
        new(StoredInstall.Read(row), row.Time(11), row.Text(12), row.Int(13));
}
