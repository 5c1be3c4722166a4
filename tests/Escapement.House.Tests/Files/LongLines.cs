namespace Escapement.House.Tests.Files;

/// <summary>Finds lines of code that are too long to be read beside other things.</summary>
internal static class LongLines
{
    public const int Most = 160;

    private static readonly string[] Code =
        [".cs", ".sql", ".ts", ".js", ".mjs", ".sh", ".csproj", ".props", ".targets", ".slnx", ".yaml", ".yml", ".wit", ".service", "/Containerfile"];

    public static IEnumerable<string> Find(IEnumerable<TextFile> files) =>
        from file in files
        where IsCode(file)
        from line in Lines.Of(file)
        where line.Line.Length > Most
        select $"{file.Path}: {line.Number}: {line.Line.Length} characters; at most {Most}";

    // A script without an extension says in its first line what runs it.
    private static bool IsCode(TextFile file) =>
        Code.Any(end => file.Path.EndsWith(end, StringComparison.Ordinal)) || file.Text.StartsWith("#!", StringComparison.Ordinal);
}
