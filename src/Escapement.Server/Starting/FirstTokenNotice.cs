namespace Escapement.Server.Starting;

/// <summary>Shows the first token to whoever started the server, or writes it into a file if asked to: then it stands nowhere else.</summary>
internal static class FirstTokenNotice
{
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
            ------------------------------------------------------------------------

            """);
    }

    /// <summary>Finds out before the token is made whether its file can be written, because the token cannot be made twice.</summary>
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
