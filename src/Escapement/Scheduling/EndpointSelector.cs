using System.Text;
using Escapement.Extensions;

namespace Escapement.Scheduling;

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

    /// <summary>Finds the endpoint, or says why there is none to schedule.</summary>
    public string? Resolve(IReadOnlyList<Endpoint> endpoints, out EndpointKey? key)
    {
        key = null;
        DeclaredEndpoint? get = null, post = null, other = null;
        foreach (var endpoint in endpoints)
        {
            var declared = endpoint.Declared;
            if (declared.Path != Path || (Method is not null && declared.Method != Method))
            {
                continue;
            }

            switch (declared.Method)
            {
                case "GET": get = declared; break;
                case "POST": post = declared; break;
                default: other = declared; break;
            }
        }

        if (get is not null && post is not null && (get.Schedulable || post.Schedulable))
        {
            return $"{ScheduleMessages.EndpointAmbiguous}: write {Excerpt.Of($"GET {Path}")} or {Excerpt.Of($"POST {Path}")}";
        }

        if ((get ?? post) is { Schedulable: true } found)
        {
            key = found.Key;
            return null;
        }

        var written = Excerpt.Of(Method is null ? Path : $"{Method} {Path}");
        return $"{ScheduleMessages.EndpointNotSchedulable}: {written} {WhyNot(get ?? post ?? other)}";
    }

    private static string WhyNot(DeclaredEndpoint? endpoint) => endpoint switch
    {
        null => "is not an endpoint of the installed version",
        { Method: not ("GET" or "POST") } => "is neither GET nor POST",
        _ when EndpointPath.HasParameters(endpoint.Path) => "has path parameters",
        _ => "is declared with schedulable: false",
    };

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
