using Escapement.Compiling;

namespace Escapement.StoredForms;

/// <summary>Compilations as their columns.</summary>
internal static class StoredCompilation
{
    /// <summary>Reads what <c>get_compilation</c> and <c>list_compilations</c> select.</summary>
    public static KeyValuePair<string, Compilation> Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct =>
        new(row.Text(0), new Compilation((CompilationState)row.Int(1), row.TextOrNull(2), row.Time(3), row.TimeOrNull(4), row.TimeOrNull(5)));

    /// <summary>Reads what <c>list_uncompiled</c> selects.</summary>
    public static UncompiledVersion ReadUncompiled<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct =>
        new(new VersionId(row.Id(0)), row.Text(1), row.Text(2), row.Text(3), row.Long(4), row.Text(5), row.Bool(6));

    /// <summary>Sets how a compilation ended.</summary>
    public static TValues WriteEnd<TValues>(TValues statement, CompilationEnd end)
        where TValues : IStoredValues<TValues> => statement
        .Set("refused", end.Reason is not null)
        .Set("reason", end.Reason)
        .Set("retry", end.TriedAgainAt);

    /// <summary>Sets by what a component is held.</summary>
    public static TValues WriteLease<TValues>(TValues statement, CompilationLease lease)
        where TValues : IStoredValues<TValues> => statement
        .Set("component", lease.Component)
        .Set("engine", lease.Engine)
        .Set("token", lease.Token);
}
