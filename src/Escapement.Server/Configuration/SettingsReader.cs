using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Escapement.Server.Configuration;

/// <summary>
/// Reads settings one by one and remembers everything that was wrong, misspelt names included, where the framework's binder
/// stops at the first value it cannot convert and passes over names it does not know.
/// </summary>
internal sealed class SettingsReader(IConfigurationSection section)
{
    private static readonly string[] InstantForms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fffK"];

    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> problems = [];

    /// <summary>Every name that was asked for.</summary>
    public IReadOnlyCollection<string> Known => known;

    /// <summary>Whether anything below a name is set.</summary>
    public bool Has(string name) => section.GetSection(name).Exists();

    /// <summary>The names of the items of a list.</summary>
    public IEnumerable<string> Items(string name) => section.GetSection(name).GetChildren().Select(child => $"{name}:{child.Key}");

    public string? Text(string name) => Find(name);

    public string Text(string name, string fallback) => Find(name) ?? fallback;

    public int Number(string name, int fallback) => (int)Number(name, (long)fallback, int.MinValue, int.MaxValue);

    public int? Number(string name) => Find(name) is null ? null : Number(name, 0);

    public long Number(string name, long fallback) => Number(name, fallback, long.MinValue, long.MaxValue);

    public double Number(string name, double fallback) =>
        Read(name, fallback, "a number", (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value));

    public bool Switch(string name, bool fallback) => Read(name, fallback, "true or false", (string text, out bool value) => bool.TryParse(text, out value));

    public TimeSpan Duration(string name, TimeSpan fallback) =>
        Read(name, fallback, "a duration such as 00:00:07 (hours:minutes:seconds)", (string text, out TimeSpan value) =>
            TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value));

    /// <summary>A duration, or null for the word <c>forever</c>.</summary>
    public TimeSpan? Period(string name, TimeSpan? fallback) =>
        Read(name, fallback, "a duration such as 30.00:00:00 (days.hours:minutes:seconds) or the word forever", (string text, out TimeSpan? value) =>
        {
            var isDuration = TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration);
            value = isDuration ? duration : null;
            return isDuration || text is "forever";
        });

    /// <summary>One of a few words.</summary>
    public T Word<T>(string name, T fallback, IReadOnlyDictionary<string, T> words) =>
        Read(name, fallback, string.Join(" or ", words.Keys), (string text, out T value) => words.TryGetValue(text, out value!));

    /// <summary>One or several of a few words, separated by commas.</summary>
    public IReadOnlyList<T> Words<T>(string name, IReadOnlyList<T> fallback, IReadOnlyDictionary<string, T> words) =>
        Read(name, fallback, $"one or more of {string.Join(", ", words.Keys)}, separated by commas", (string text, out IReadOnlyList<T> value) =>
        {
            var given = text.Split(',', StringSplitOptions.TrimEntries);
            value = [.. given.Where(words.ContainsKey).Select(w => words[w])];
            return value.Count == given.Length;
        });

    public DateTimeOffset? Instant(string name) => Find(name) is null
        ? null
        : Read(name, default(DateTimeOffset), "an instant with its offset, such as 2026-03-08T06:50:00Z", (string text, out DateTimeOffset value) =>
            DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value));

    /// <summary>Addresses and networks, separated by commas; none when nothing is said.</summary>
    public IReadOnlyList<IPNetwork> Networks(string name) =>
        Read<IReadOnlyList<IPNetwork>>(name, [], "addresses such as 10.0.0.2 or networks such as 10.0.0.0/8, separated by commas", TryNetworks);

    /// <summary>Everything that was wrong, once all settings were read.</summary>
    public IReadOnlyList<string> Finish() =>
        [.. problems, .. Leaves(section).Where(path => !known.Contains(path)).Select(path => $"{path} is not a setting of this server")];

    private static bool TryNetworks(string text, out IReadOnlyList<IPNetwork> value)
    {
        var networks = new List<IPNetwork>();
        value = networks;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(part, out var one))
            {
                networks.Add(new IPNetwork(one, one.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
            }
            else if (IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Leaves(IConfigurationSection root) =>
        root.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null && p.Key.Length > 0).Select(p => p.Key);

    private long Number(string name, long fallback, long min, long max) =>
        Read(name, fallback, "a whole number", (string text, out long value) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max);

    private T Read<T>(string name, T fallback, string what, TryParse<T> parse)
    {
        if (Find(name) is not { } text)
        {
            return fallback;
        }

        if (parse(text, out var value))
        {
            return value;
        }

        problems.Add($"{name} must be {what}, not \"{text}\"");
        return fallback;
    }

    private string? Find(string name)
    {
        known.Add(name);
        return section[name];
    }

    private delegate bool TryParse<T>(string text, out T value);
}
