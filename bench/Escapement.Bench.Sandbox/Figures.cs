using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Escapement.Bench.Sandbox;

/// <summary>The figures that the README reports, as rows of a Markdown table: medians of some runs, each in a process of its own.</summary>
internal static class Figures
{
    public static async Task<int> RunAsync(Subject subject, string component, int runs, int seconds, string cache)
    {
        // Fills the cache.
        await ChildAsync(subject, "first", component, "0", cache);
        var first = new List<JsonNode>();
        var sustained = new List<JsonNode>();
        for (var i = 0; i < runs; i++)
        {
            first.Add(await ChildAsync(subject, "first", component, "0", cache));
            sustained.Add(await ChildAsync(subject, "sustained", component, Text(seconds), Text(Environment.ProcessorCount), cache));
        }

        Console.WriteLine("| figure | median | all runs |");
        Console.WriteLine("| --- | --- | --- |");
        Row($"Fresh-instance invocations a second, {Environment.ProcessorCount} callers, {seconds} s", sustained, "perSecond", "");
        Row("Processor time an invocation", sustained, "processorMicroseconds", " us");
        Row("p50", sustained, "p50", " ms");
        Row("p99", sustained, "p99", " ms");
        Row("Allocated an invocation on .NET's heap", sustained, "allocatedBytes", " bytes");
        Row("Resident memory grown after the warm-up", sustained, "grownMiB", " MiB");
        Row("Resident memory grown in the second half", sustained, "grownLateMiB", " MiB");
        Row("New process, warm cache: sandbox opened", first, "openSandbox", " ms");
        Row("New process, warm cache: first call", first, "firstCall", " ms");
        Row("New process: second call", first, "secondCall", " ms");
        return 0;
    }

    /// <summary>Runs this program anew; its last line is JSON.</summary>
    public static async Task<JsonNode> ChildAsync(Subject subject, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Figures).Assembly.Location);
        }

        foreach (var argument in arguments.Concat(subject.ToArguments()))
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0
            ? JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {child.ExitCode}.");
    }

    private static void Row(string figure, List<JsonNode> runs, string field, string unit)
    {
        var values = runs.Select(r => (double)r[field]!).ToList();
        var median = values.Order().ElementAt(values.Count / 2);
        Console.WriteLine($"| {figure} | {median:0.##}{unit} | {string.Join(", ", values.Select(v => v.ToString("0.##", CultureInfo.InvariantCulture)))} |");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
