namespace Escapement.Server.Starting;

/// <summary>Shows the first token to whoever started the server, and writes it into a file if asked to.</summary>
internal static class FirstTokenNotice
{
    public static void Show(string secret, string? file)
    {
        Console.Out.WriteLine($"""

            ------------------------------------------------------------------------
              The API token of this installation. It is shown this once; keep it.

                {secret}

              Use it as   Authorization: Bearer {secret[..8]}...
            ------------------------------------------------------------------------

            """);
        if (file is not null)
        {
            Write(file, secret);
        }
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
                var trial = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose };
                using var made = new FileStream($"{file}.{Environment.ProcessId}", trial);
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
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(fresh, options))
        {
            writer.WriteLine(secret);
        }

        File.Move(fresh, file, overwrite: true);
    }
}
