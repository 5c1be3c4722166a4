namespace Escapement.Extensions;

/// <summary>Tells an author what the component imports that this host does not have: it is published, and ends only where it is called.</summary>
internal static class UnknownImportWarnings
{
    private const string Code = "unknown-import";
    private const int Most = 100;

    public static IEnumerable<Problem> Of(IReadOnlyList<(string Name, IReadOnlyList<string> Functions)> imports)
    {
        var all = imports.Where(i => !HostWorld.IsWasi(i.Name)).SelectMany(i => Of(i.Name, i.Functions)).Take(Most + 1).ToList();
        return all.Count <= Most ? all : [.. all[..Most], Warning($"It imports more that this host does not have; {Most} are listed")];
    }

    private static IEnumerable<Problem> Of(string name, IReadOnlyList<string> functions)
    {
        if (HostWorld.Interfaces.TryGetValue(name, out var known))
        {
            return functions.Where(f => !known.Contains(f, StringComparer.Ordinal)).Select(f => Missing("function", $"{name}#{f}", f, known));
        }

        // An interface of types alone is called by nobody.
        return name == HostWorld.Package + "types" ? [] : [Missing("interface", name, name, HostWorld.Interfaces.Keys)];
    }

    private static Problem Missing(string what, string name, string given, IEnumerable<string> known)
    {
        var hint = Nearest.Of(given, known) is { } meant && meant != given ? $" Did you mean {meant}?" : "";
        return Warning($"It imports the {what} {Excerpt.Of(name)}, which this host does not have: a call answers an error of its own where its type "
            + $"has one, and ends the run where it has none.{hint}");
    }

    private static Problem Warning(string message) => new(BundleReader.ComponentPath, Code, message);
}
