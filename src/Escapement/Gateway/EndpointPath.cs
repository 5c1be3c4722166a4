namespace Escapement.Gateway;

/// <summary>Matches request paths against declared ones, in which <c>:name</c> and <c>{name}</c> stand for one segment.</summary>
internal static class EndpointPath
{
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
