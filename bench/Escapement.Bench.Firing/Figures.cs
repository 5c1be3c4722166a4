using System.Globalization;

namespace Escapement.Bench;

/// <summary>One number of one run.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Aim">What it should be; null for what only explains another.</param>
/// <param name="AtMost">Whether less is better.</param>
internal sealed record Figure(string Name, double Value, double? Aim = null, bool AtMost = true);

/// <summary>Gathers the figures of several runs and prints them as rows of a table.</summary>
internal sealed class Figures
{
    private readonly Dictionary<string, List<Figure>> byName = [];
    private readonly List<string> order = [];

    public const string Header = """
        | figure | aim | runs | median | reached |
        | --- | --- | --- | --- | --- |
        """;

    public void Add(IEnumerable<Figure> run)
    {
        foreach (var figure in run)
        {
            if (!byName.TryGetValue(figure.Name, out var list))
            {
                byName[figure.Name] = list = [];
                order.Add(figure.Name);
            }

            list.Add(figure);
        }
    }

    public IEnumerable<string> Rows()
    {
        foreach (var name in order)
        {
            var all = byName[name];
            var median = all.Select(f => f.Value).Order().ElementAt(all.Count / 2);
            var (aim, reached) = all[0] switch
            {
                { Aim: { } most, AtMost: true } => ($"at most {Text(most)}", median <= most ? "yes" : "**no**"),
                { Aim: { } least } => ($"at least {Text(least)}", median >= least ? "yes" : "**no**"),
                _ => ("", ""),
            };
            yield return $"| {name} | {aim} | {string.Join("; ", all.Select(f => Text(f.Value)))} | {Text(median)} | {reached} |";
        }
    }

    public static string Text(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    /// <summary>By nearest rank.</summary>
    public static double Percentile(double[] ascending, double p) =>
        ascending[Math.Clamp((int)Math.Ceiling(p / 100 * ascending.Length) - 1, 0, ascending.Length - 1)];
}
