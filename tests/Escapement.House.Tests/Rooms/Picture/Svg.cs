using System.Globalization;
using System.Security;
using System.Text;

namespace Escapement.House.Tests.Rooms.Picture;

/// <summary>Writes boxes, words and arrows as SVG, in colours that suit light pages and dark ones.</summary>
internal sealed class Svg(double width, double height)
{
    private const string Style = """
        <style>
          text { font: 12px system-ui, sans-serif; text-anchor: middle; }
          .title { font-size: 14px; font-weight: 600; }
          .lines { font-size: 10.5px; }
          path { fill: none; stroke-width: 1.2; marker-end: url(#tip); }
          .wide { stroke-width: 2.2; }
          .ground { fill: #ffffff; } .panel { fill: #f4f5f7; } .box { fill: #ffffff; } .panel, .box { stroke: #c3c9d4; }
          text { fill: #1f2430; } .lines { fill: #5c6470; } path { stroke: #8a93a3; } polygon { fill: #8a93a3; }
          @media (prefers-color-scheme: dark) {
            .ground { fill: #14171d; } .panel { fill: #1c2028; } .box { fill: #272c37; } .panel, .box { stroke: #434b5a; }
            text { fill: #e8eaf0; } .lines { fill: #a5adba; } path { stroke: #78839a; } polygon { fill: #78839a; }
          }
        </style>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
          <polygon points="0,1 8,4 0,7"/>
        </marker>

        """;

    private readonly StringBuilder body = new();

    public void Rectangle(string kind, double x, double y, double across, double down) =>
        Add($"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{across:0.#}\" height=\"{down:0.#}\" rx=\"6\"/>");

    public void Text(string kind, double x, double y, string text) =>
        Add($"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{SecurityElement.Escape(text)}</text>");

    /// <summary>An arrow through straight pieces that stand upright, joined by curves.</summary>
    public void Arrow(string kind, IReadOnlyList<(double X, double From, double To)> pieces)
    {
        StringBuilder path = new();
        var (x, y) = (pieces[0].X, pieces[0].To);
        path.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}");
        foreach (var piece in pieces.Skip(1))
        {
            var middle = (y + piece.From) / 2;
            path.Append(CultureInfo.InvariantCulture, $" C{x:0.#} {middle:0.#} {piece.X:0.#} {middle:0.#} {piece.X:0.#} {piece.From:0.#}");
            (x, y) = (piece.X, piece.To);
            if (piece.To > piece.From)
            {
                path.Append(CultureInfo.InvariantCulture, $" V{y:0.#}");
            }
        }

        Add($"<path class=\"{kind}\" d=\"{path}\"/>");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0.#} {height:0.#}" width="{width:0.#}" height="{height:0.#}">
        {Style}{body}</svg>

        """);

    private void Add(FormattableString element) => body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
