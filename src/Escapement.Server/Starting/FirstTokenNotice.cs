using Escapement.Access;

namespace Escapement.Server.Starting;

/// <summary>Shows the first token to whoever started the server, or writes it into a file if asked to: then it stands nowhere else.</summary>
internal static class FirstTokenNotice
{
    // A token's text and the end of its line, and one more by which something longer is known.
    private const int LongestToken = 64;

    public static void Show(string secret, string? file)
    {
        if (file is not null)
        {
            Write(file, secret);
            Console.Out.WriteLine($"The API token of this installation is in {Path.GetFullPath(file)}, for you alone. It is written this once; keep it.");
            return;
        }

        Console.Out.WriteLine($"""

            ------------------------------------------------------------------------
              The API token of this installation. It is shown this once; keep it.

                {secret}

              Use it as   Authorization: Bearer {secret[..8]}...
              or sign in with it in a browser, at this server's address.
            ------------------------------------------------------------------------

            """);
    }

    /// <summary>Says so when a file was named for a token that is not made, so that nobody waits for it.</summary>
    public static void SayNoneIsMade(string? file)
    {
        if (file is not null)
        {
            Console.Out.WriteLine($"This installation has had its first token already; {Path.GetFullPath(file)} stays as it is.");
        }
    }

    /// <summary>
    /// Finds out before the token is made whether its file can be written, because the token cannot be made twice. What is there already is
    /// replaced only if it is such a token: whatever else it is, somebody may need it.
    /// </summary>
    public static string? FindProblem(string? file)
    {
        if (file is null)
        {
            return null;
        }

        if (Directory.Exists(file))
        {
            return $"The token file cannot be written: {file} is a folder. Name a file in it";
        }

        try
        {
            if (File.Exists(file))
            {
                if (!HoldsAToken(file))
                {
                    return $"The token file is not written: {file} is there and holds something else. Name another file, or move it away";
                }

                using var existing = File.OpenWrite(file);
            }
            else
            {
                using var made = PrivateFiles.Open(
                    $"{file}.{Environment.ProcessId}", FileMode.CreateNew, FileAccess.Write, options: FileOptions.DeleteOnClose);
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The token file cannot be written: {e.Message}";
        }
    }

    private static bool HoldsAToken(string file)
    {
        using var reader = new StreamReader(file);
        var start = new char[LongestToken];
        var text = new string(start, 0, reader.ReadBlock(start, 0, LongestToken)).TrimEnd();
        return TokenSecret.Hash(text) is not null && !text.AsSpan().ContainsAny(" \t\r\n");
    }

    private static void Write(string file, string secret)
    {
        // Written beside and moved into place: the file never exists with a wider mode or with half a token.
        var fresh = $"{file}.{Environment.ProcessId}";
        using (var writer = new StreamWriter(PrivateFiles.Open(fresh, FileMode.CreateNew, FileAccess.Write)))
        {
            writer.WriteLine(secret);
        }

        File.Move(fresh, file, overwrite: true);
    }
}
