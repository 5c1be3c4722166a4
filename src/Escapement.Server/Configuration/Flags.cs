namespace Escapement.Server.Configuration;

/// <summary>What the command line says. Flags stand above the environment, and that above the files.</summary>
internal sealed record Flags
{
    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["--data"] = "Escapement:DataFolder",
        ["--urls"] = "Escapement:Urls",
        ["--store"] = "Escapement:Store",
        ["--connection"] = "Escapement:PostgreSql:ConnectionString",
        ["--schema"] = "Escapement:PostgreSql:Schema",
        ["--roles"] = "Escapement:Roles",
        ["--time-lapse"] = "Escapement:TimeLapse",
        ["--start-at"] = "Escapement:StartAt",
        ["--token-file"] = "Escapement:TokenFile",
    };

    public bool Help { get; private init; }

    public bool Version { get; private init; }

    /// <summary>Ask the running server instead of starting one.</summary>
    public bool Check { get; private init; }

    /// <summary>What to do instead of starting a server; null starts one.</summary>
    public Verb? Verb { get; private init; }

    /// <summary>What the verb's word was followed by, if it takes something.</summary>
    public string? Operand { get; private init; }

    /// <summary>A settings file to read beside <c>appsettings.json</c>.</summary>
    public string? ConfigFile { get; private init; }

    /// <summary>The settings that flags stand for.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; private init; } = new Dictionary<string, string?>();

    public IReadOnlyList<string> Problems { get; private init; } = [];

    /// <summary>Reads <c>--flag value</c> and <c>--flag=value</c>; everything else is a problem.</summary>
    public static Flags Read(IReadOnlyList<string> arguments)
    {
        var flags = new Flags();
        var settings = new Dictionary<string, string?>();
        var problems = new List<string>();
        var verb = arguments is [var word, ..] ? Verb.Find(word) : null;
        if (verb == Verb.CopyStore || verb == Verb.Migrate)
        {
            settings["Escapement:Store"] = "postgres";
        }

        flags = flags with { Verb = verb };
        for (var i = verb is null ? 0 : 1; i < arguments.Count; i++)
        {
            var (flag, value) = arguments[i].Split('=', 2) is [var name, var attached] ? (name, attached) : (arguments[i], null);
            switch (flag)
            {
                case "--help" or "-h" when value is null:
                    flags = flags with { Help = true };
                    continue;
                case "--version" when value is null:
                    flags = flags with { Version = true };
                    continue;
                case "--check" when value is null && verb is null:
                    flags = flags with { Check = true };
                    continue;
            }

            if (verb is { Operand: not null } && flags.Operand is null && !arguments[i].StartsWith('-'))
            {
                flags = flags with { Operand = arguments[i] };
                continue;
            }

            if (Verb.Find(flag) is not null)
            {
                problems.Add($"{flag} must be the first word, before all flags");
                continue;
            }

            if (flag != "--config" && !Keys.ContainsKey(flag) && !(verb is not null && flag is "--check"))
            {
                problems.Add($"{flag} is not a flag of this server; --help lists them");
                continue;
            }

            if (verb is not null && !verb.Flags.Contains(flag))
            {
                problems.Add($"{flag} is not a flag of {verb.Word}, which takes {string.Join(", ", verb.Flags)}");
                i += value is null && Keys.ContainsKey(flag) && i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? 1 : 0;
                continue;
            }

            if (value is null && i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                value = arguments[++i];
            }

            if (string.IsNullOrEmpty(value))
            {
                problems.Add($"{flag} needs a value");
            }
            else if (flag == "--config")
            {
                flags = flags with { ConfigFile = value };
            }
            else
            {
                settings[Keys[flag]] = value;
            }
        }

        if (verb is { Operand: { } operand } && flags is { Operand: null, Help: false })
        {
            problems.Add($"{verb.Word} needs a {operand}: escapement-server {verb.Word} {operand} --data FOLDER");
        }

        return flags with { Settings = settings, Problems = problems };
    }
}
