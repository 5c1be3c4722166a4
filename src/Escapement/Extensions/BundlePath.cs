namespace Escapement.Extensions;

/// <summary>Names of a bundle's entries: relative, with forward slashes, staying inside.</summary>
internal static class BundlePath
{
    // Names are kept until the bundle was read, and an archive of a few kilobytes can hold ten thousand long ones.
    private const int MaxChars = 1_024;

    /// <summary>Reads an entry's name; what is wrong with it, or null. A leading <c>./</c>, which tar writes for its own folder, is dropped.</summary>
    public static string? Read(string name, bool isFolder, out string path)
    {
        path = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        if (isFolder)
        {
            path = path.EndsWith('/') ? path[..^1] : path;
            if (path is "" or "." && name.StartsWith('.'))
            {
                path = "";
                return null;
            }
        }

        if (path.Length == 0)
        {
            return "is empty";
        }

        if (path.Length > MaxChars)
        {
            return $"is longer than {MaxChars:N0} characters";
        }

        if (path.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
        {
            return "holds characters that no file name should have";
        }

        if (path.Contains('\\', StringComparison.Ordinal))
        {
            return "holds a backslash";
        }

        if (path.StartsWith('/') || (path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter(path[0])))
        {
            return "is absolute";
        }

        return path.Split('/').Any(segment => segment is "" or "." or "..") ? "has an empty, . or .. segment" : null;
    }
}
