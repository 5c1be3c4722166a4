using System.Runtime.InteropServices;

namespace Escapement.Wasm.Workers;

/// <summary>The program that workers and compilers run, and the runtime that runs it.</summary>
/// <param name="Runtime">The <c>dotnet</c> command.</param>
/// <param name="Assembly">The program's <c>.dll</c>.</param>
internal sealed record WorkerProgram(string Runtime, string Assembly)
{
    /// <summary>Where a build puts the program, beside the host's.</summary>
    public const string Folder = "escapement-worker";

    private const string FileName = "escapement-worker.dll";

    /// <summary>The program that the options name, or the one beside the host.</summary>
    /// <exception cref="WorkerProgramMissingException">One of the two is not there; the message says where it was looked for.</exception>
    public static WorkerProgram Find(WasmSandboxOptions options)
    {
        var assembly = options.WorkerPath ?? Path.Combine(AppContext.BaseDirectory, Folder, FileName);
        if (!File.Exists(assembly))
        {
            throw new WorkerProgramMissingException(
                $"The program in which guests run is not at {assembly}. Publishing puts it beside the host; Sandbox:WorkerPath names another place, "
                + "and Sandbox:Isolation = in-process does without it.");
        }

        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string?[] places = [Beside(Environment.ProcessPath, name), RuntimeRoot(name), Rooted(Environment.GetEnvironmentVariable("DOTNET_ROOT"), name)];
        var runtime = places.FirstOrDefault(File.Exists)
            ?? throw new WorkerProgramMissingException(
                $"The runtime that guests' processes need was not found. Looked for {string.Join(", ", places.Where(p => p is not null))}; set DOTNET_ROOT.");
        return new WorkerProgram(runtime, Path.GetFullPath(assembly));
    }

    private static string? Beside(string? program, string name) => Path.GetFileName(program) == name ? program : null;

    // The shared framework lies in shared/NAME/VERSION below the command.
    private static string RuntimeRoot(string name) => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));

    private static string? Rooted(string? root, string name) => string.IsNullOrEmpty(root) ? null : Path.Combine(root, name);
}
