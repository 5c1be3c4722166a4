using System.Text.RegularExpressions;

namespace Escapement.Wasm.Components;

/// <summary>
/// The types of the world's functions, read from the project's WIT file, as <see cref="Native.GuestFunctionType"/> writes them. It reads as much of WIT as
/// that file has.
/// </summary>
internal sealed partial class WorldTypes
{
    private const string Package = "alga:extension/";

    private readonly Queue<string> tokens;
    private readonly Dictionary<string, string> types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> functions = new(StringComparer.Ordinal);

    private WorldTypes(string wit) => tokens = new Queue<string>(Token().Matches(Comment().Replace(wit, "")).Select(m => m.Value));

    /// <summary>By <c>alga:extension/interface#function</c>, and <c>handler</c> for the export.</summary>
    public static IReadOnlyDictionary<string, string> Functions { get; } = new WorldTypes(File()).Read();

    private static string File()
    {
        using var reader = new StreamReader(typeof(WorldTypes).Assembly.GetManifestResourceStream("extension.wit")!);
        return reader.ReadToEnd();
    }

    private Dictionary<string, string> Read()
    {
        while (tokens.TryDequeue(out var word))
        {
            switch (word)
            {
                case "package":
                    Skip();
                    break;
                case "interface":
                    var name = tokens.Dequeue();
                    ReadItems($"{Package}{name}#");
                    break;
                case "world":
                    tokens.Dequeue();
                    ReadItems("");
                    break;
            }
        }

        return functions;
    }

    private void ReadItems(string prefix)
    {
        tokens.Dequeue();
        for (string word; (word = tokens.Dequeue()) != "}";)
        {
            switch (word)
            {
                case "use" or "import":
                    Skip();
                    break;
                case "record":
                    types[tokens.Dequeue()] = $"record{{{string.Join(',', Members(() => $"{Named()}:{Type()}"))}}}";
                    break;
                case "enum":
                    types[tokens.Dequeue()] = $"enum{{{string.Join(',', Members(tokens.Dequeue))}}}";
                    break;
                case "export":
                    break;
                default:
                    functions[prefix + word] = Function();
                    break;
            }
        }
    }

    // After the name: ": func(a: t, b: u) -> v;"
    private string Function()
    {
        Skip(2);
        var parameters = Members(() =>
        {
            Named();
            return Type();
        });
        var result = "";
        if (tokens.Dequeue() == "->")
        {
            result = "->" + Type();
            tokens.Dequeue();
        }

        return $"({string.Join(',', parameters)}){result}";
    }

    // What stands between brackets, with commas between and perhaps one at the end.
    private List<string> Members(Func<string> member)
    {
        var members = new List<string>();
        tokens.Dequeue();
        while (tokens.Peek() is not ("}" or ")" or ">"))
        {
            members.Add(member());
            if (tokens.Peek() == ",")
            {
                tokens.Dequeue();
            }
        }

        tokens.Dequeue();
        return members;
    }

    private string Named()
    {
        var name = tokens.Dequeue();
        tokens.Dequeue();
        return name;
    }

    private string Type()
    {
        var name = tokens.Dequeue();
        return name switch
        {
            "result" when tokens.Peek() != "<" => "result<_,_>",
            "result" when Members(Type) is var parts => $"result<{parts[0]},{(parts.Count > 1 ? parts[1] : "_")}>",
            "list" or "option" or "tuple" => $"{name}<{string.Join(',', Members(Type))}>",
            _ => types.GetValueOrDefault(name, name),
        };
    }

    private void Skip(int count)
    {
        for (var i = 0; i < count; i++)
        {
            tokens.Dequeue();
        }
    }

    // To the end of a statement, which may have braces in it.
    private void Skip()
    {
        while (tokens.Dequeue() != ";")
        {
        }
    }

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex("[A-Za-z0-9_-]*[A-Za-z0-9_]|->|[^\\sA-Za-z0-9]")]
    private static partial Regex Token();
}
