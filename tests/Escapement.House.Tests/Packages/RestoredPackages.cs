using System.Text.Json;

namespace Escapement.House.Tests.Packages;

/// <summary>Which assemblies a project compiles against for each package, as the last restore found them.</summary>
internal sealed class RestoredPackages
{
    private readonly JsonElement assets;

    private RestoredPackages(JsonElement assets) => this.assets = assets;

    public static RestoredPackages Read(string projectFolder)
    {
        var path = Path.Combine(projectFolder, "obj", "project.assets.json");
        return File.Exists(path)
            ? new RestoredPackages(JsonDocument.Parse(File.ReadAllText(path)).RootElement)
            : throw new InvalidOperationException($"{path} is not there; first: dotnet restore Escapement.slnx");
    }

    /// <summary>The paths of all assemblies.</summary>
    public IEnumerable<string> Assemblies() => Target().SelectMany(package => Assemblies(package.Name, package.Value));

    /// <summary>The paths of a package's own assemblies; where it has none, those of the packages that it stands for.</summary>
    public IEnumerable<string> AssembliesOf(string package)
    {
        var found = Target().Where(entry => entry.Name.StartsWith(package + "/", StringComparison.OrdinalIgnoreCase)).ToList();
        var own = found.SelectMany(entry => Assemblies(entry.Name, entry.Value)).ToList();
        return own.Count > 0
            ? own
            : found.Where(entry => entry.Value.TryGetProperty("dependencies", out _))
                .SelectMany(entry => entry.Value.GetProperty("dependencies").EnumerateObject())
                .SelectMany(dependency => AssembliesOf(dependency.Name));
    }

    private IEnumerable<JsonProperty> Target() =>
        assets.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject()
            .Where(entry => entry.Value.GetProperty("type").GetString() == "package");

    private IEnumerable<string> Assemblies(string package, JsonElement entry)
    {
        if (!entry.TryGetProperty("compile", out var files))
        {
            return [];
        }

        var folder = assets.GetProperty("libraries").GetProperty(package).GetProperty("path").GetString()!;
        return from file in files.EnumerateObject()
            where file.Name.EndsWith(".dll", StringComparison.Ordinal)
            from root in assets.GetProperty("packageFolders").EnumerateObject()
            let path = Path.Combine(root.Name, folder, file.Name)
            where File.Exists(path)
            select path;
    }
}
