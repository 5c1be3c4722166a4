using System.Globalization;
using System.Text;

namespace Escapement.Server.CopyStore;

/// <summary>A table on both sides.</summary>
/// <param name="Name">Which.</param>
/// <param name="Source">What the SQLite database holds.</param>
/// <param name="Target">What PostgreSQL holds; null when it was not looked at.</param>
internal sealed record CopiedTable(string Name, Digest Source, Digest? Target);

/// <summary>What a copy came to.</summary>
/// <param name="Schema">Where it went.</param>
/// <param name="Tables">All tables.</param>
/// <param name="CopiedBefore">When it had been done before, so that nothing was to do now; null when it was done now.</param>
internal sealed record CopyReport(string Schema, IReadOnlyList<CopiedTable> Tables, DateTimeOffset? CopiedBefore)
{
    /// <summary>The tables that are not alike.</summary>
    public IReadOnlyList<string> Different => [.. Tables.Where(t => t.Target is { } target && target != t.Source).Select(t => t.Name)];

    /// <summary>The tables in lines, with the beginnings of their hashes.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"table",-12} {"rows in SQLite",15} {"in PostgreSQL",15}  {"hash of SQLite",-16} {"of PostgreSQL",-16}");
        foreach (var table in Tables)
        {
            text.AppendLine();
            var there = table.Target is { } target ? Start(target) : "";
            text.Append(string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Name,-12} {table.Source.Rows,15:N0} {table.Target?.Rows,15:N0}  {Start(table.Source),-16} {there}").TrimEnd());
        }

        return text.ToString();
    }

    private static string Start(Digest digest) => digest.ToString()[..16];
}
