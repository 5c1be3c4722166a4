using System.Globalization;
using Escapement.AspNetCore;

namespace Escapement.Server.CopyStore;

/// <summary><c>escapement-server copy-store</c>: says what it does while it does it.</summary>
internal sealed class CopyCommand(TextWriter output) : ICopyObserver
{
    private const int RowsALine = 100_000;

    /// <exception cref="CopyRefusedException">It cannot be done.</exception>
    public static async Task RunAsync(EscapementOptions options, TextWriter output)
    {
        // Whoever waits at a terminal wants to know at once that there is no database.
        var report = await new StoreCopy(options.DataFolder, options.PostgreSql with { StartTimeout = TimeSpan.Zero }, new CopyCommand(output)).RunAsync();
        await output.WriteLineAsync();
        await output.WriteLineAsync(report.ToString());
        await output.WriteLineAsync();
        await output.WriteLineAsync(report.CopiedBefore is { } then
            ? string.Create(CultureInfo.InvariantCulture, $"Nothing to do: this was copied to schema {report.Schema} on {then:yyyy-MM-dd HH:mm:ss}Z, ") +
                "and the SQLite database is as it was then."
            : $"Copied and compared. Start nodes with --store postgres on schema {report.Schema}; keep the data folder until you are sure.");
    }

    public void Checking() => output.WriteLine("Copied before. Looking whether the SQLite database has changed since.");

    public void Begun(string table)
    {
    }

    public void Copied(string table, long rows)
    {
        if (rows % RowsALine == 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}: {rows:N0} rows"));
        }
    }

    public void Done(string table, long rows, bool wasThere) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}: {rows:N0} rows{(wasThere ? ", there already" : ", stored")}"));

    public void Comparing() => output.WriteLine("Comparing all tables.");
}
