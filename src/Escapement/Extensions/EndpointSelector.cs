using System.Text;

namespace Escapement.Extensions;

/// <summary>What a caller wrote to name an endpoint: <c>METHOD /path</c> or a bare path (contract section 4).</summary>
/// <param name="Method">Upper case; null for a bare path.</param>
/// <param name="Path">With a leading slash and no doubled ones.</param>
internal readonly record struct EndpointSelector(string? Method, string Path)
{
    public static EndpointSelector Parse(string text)
    {
        var words = text.AsSpan().Trim();
        var space = IndexOfWhiteSpace(words);
        return space < 0
            ? new EndpointSelector(null, NormalisePath(words))
            : new EndpointSelector(words[..space].ToString().ToUpperInvariant(), NormalisePath(words[space..].Trim()));
    }

    /// <summary>Adds a missing leading slash and folds doubled ones.</summary>
    public static string NormalisePath(ReadOnlySpan<char> path)
    {
        var normal = new StringBuilder(path.Length + 1).Append('/');
        foreach (var c in path)
        {
            if (c != '/' || normal[^1] != '/')
            {
                normal.Append(c);
            }
        }

        return normal.ToString();
    }

    private static int IndexOfWhiteSpace(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
