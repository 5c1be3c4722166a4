namespace Escapement.Extensions;

/// <summary>Paths of endpoints: <c>:name</c> and <c>{name}</c> mark path parameters (contract section 4).</summary>
internal static class EndpointPath
{
    /// <summary>Whether a path has a path parameter. A colon counts only at the start of a segment.</summary>
    public static bool HasParameters(string path) =>
        path.Contains("/:", StringComparison.Ordinal) || path.Contains('{', StringComparison.Ordinal);

    /// <summary>What two paths have in common when no request could tell them apart: parameters without their names.</summary>
    public static string Shape(string path) =>
        string.Join('/', path.Split('/').Select(segment => HasParameters("/" + segment) ? "{}" : segment));

    /// <summary>What is wrong with a declared path, or null.</summary>
    public static string? Fault(string path)
    {
        if (!path.StartsWith('/'))
        {
            return "must start with /";
        }

        if (path.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '?' or '#' or '\\'))
        {
            return "must not hold white space, control characters, ?, # or \\";
        }

        foreach (var segment in path.Split('/'))
        {
            if (segment is "." or "..")
            {
                return "must not hold . or .. segments";
            }

            if (segment == ":" || segment.Contains("{}", StringComparison.Ordinal) || segment.Count(c => c == '{') != segment.Count(c => c == '}'))
            {
                return $"has a path parameter without a name or a closing brace in \"{segment}\"";
            }
        }

        return null;
    }

    /// <summary>Whether a request's path is a declared one, in which a path parameter stands for one segment.</summary>
    public static bool Matches(string declared, string path)
    {
        var pattern = declared.AsSpan();
        var given = path.AsSpan();
        while (true)
        {
            var segment = Take(ref pattern, out var patternEnds);
            var actual = Take(ref given, out var givenEnds);
            if (!(IsParameter(segment) ? !actual.IsEmpty : segment.SequenceEqual(actual)))
            {
                return false;
            }

            if (patternEnds || givenEnds)
            {
                return patternEnds && givenEnds;
            }
        }
    }

    private static bool IsParameter(ReadOnlySpan<char> segment) => segment is [':', _, ..] or ['{', .., '}'];

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest, out bool last)
    {
        var slash = rest.IndexOf('/');
        last = slash < 0;
        var segment = last ? rest : rest[..slash];
        rest = last ? [] : rest[(slash + 1)..];
        return segment;
    }
}
