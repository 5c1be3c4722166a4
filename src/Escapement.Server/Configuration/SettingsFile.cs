using System.Text.Json;

namespace Escapement.Server.Configuration;

/// <summary>The file that <c>--config</c> names. What is in it and is read by nobody would be a setting that the operator believes to be set.</summary>
internal static class SettingsFile
{
    private const string Section = "Escapement";

    // What the framework takes from the same file.
    private static readonly string[] Others = ["Logging", "Kestrel", "AllowedHosts"];

    /// <summary>Adds the file to the settings, and tells everything that is wrong with it.</summary>
    public static IReadOnlyList<string> AddTo(IConfigurationBuilder configuration, string file)
    {
        try
        {
            var path = Path.GetFullPath(file);
            var alone = new ConfigurationBuilder().AddJsonFile(path, optional: false, reloadOnChange: false).Build();
            configuration.AddJsonFile(path, optional: false, reloadOnChange: false);
            return [.. FindProblems(path, [.. alone.GetChildren().Select(c => c.Key)])];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or InvalidDataException or UnauthorizedAccessException)
        {
            return [$"The settings file cannot be read: {Why(e, file)}"];
        }
    }

    private static IEnumerable<string> FindProblems(string path, IReadOnlyList<string> names)
    {
        foreach (var name in names.Where(n => !IsOneOf(n, [Section, .. Others])))
        {
            yield return $"{path}: {name} is not a section that this server reads; all its settings are in the section {Section}";
        }

        if (!names.Any(n => IsOneOf(n, [Section, .. Others])))
        {
            yield return $"{path} has no section {Section}, in which all settings are: {{\"{Section}\": {{...}}}}";
        }
    }

    private static bool IsOneOf(string name, IEnumerable<string> known) => known.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string Why(Exception e, string file) => e.GetBaseException() is JsonException json
        ? $"{Path.GetFullPath(file)} is not JSON: see line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}"
        : e is InvalidDataException ? $"{Path.GetFullPath(file)}: {e.GetBaseException().Message}" : e.Message;
}
