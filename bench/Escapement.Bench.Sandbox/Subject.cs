using Escapement.Wasm;

namespace Escapement.Bench.Sandbox;

/// <summary>Which sandbox is measured.</summary>
/// <param name="Isolation">Where guests run.</param>
/// <param name="Workers">How many worker processes there are.</param>
internal sealed record Subject(SandboxIsolation Isolation, int Workers)
{
    /// <summary>Takes <c>--isolation</c> and <c>--workers</c> out of the arguments.</summary>
    public static (Subject Subject, string[] Arguments) Read(string[] arguments)
    {
        var left = arguments.ToList();
        var isolation = Take(left, "--isolation") switch
        {
            null or "process" => SandboxIsolation.Process,
            "in-process" => SandboxIsolation.InProcess,
            var other => throw new ArgumentException($"--isolation is process or in-process, and not {other}."),
        };
        return (new Subject(isolation, int.Parse(Take(left, "--workers") ?? "2", System.Globalization.CultureInfo.InvariantCulture)), [.. left]);
    }

    /// <summary>The arguments that <see cref="Read"/> takes.</summary>
    public string[] ToArguments() => ["--isolation", Isolation == SandboxIsolation.Process ? "process" : "in-process", "--workers", $"{Workers}"];

    private static string? Take(List<string> arguments, string name)
    {
        var at = arguments.IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        var value = arguments[at + 1];
        arguments.RemoveRange(at, 2);
        return value;
    }
}
