namespace Escapement;

/// <summary>
/// Files and folders that are this user's alone: 0600 and 0700, whatever the umask says. What is there already keeps the mode that its owner gave it.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, unless it is there.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            // The umask can take away from the mode that is asked for.
            Directory.CreateDirectory(path, OwnFolder);
            File.SetUnixFileMode(path, OwnFolder);
        }
    }

    /// <summary>Opens a file to write, and makes it if the mode says so.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share = FileShare.None, FileOptions options = FileOptions.None)
    {
        var how = new FileStreamOptions { Mode = mode, Access = access, Share = share, Options = options };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, how);
        }

        how.UnixCreateMode = OwnFile;
        var isNew = !File.Exists(path);
        var stream = new FileStream(path, how);
        if (isNew)
        {
            File.SetUnixFileMode(stream.SafeFileHandle, OwnFile);
        }

        return stream;
    }
}
