namespace Escapement.Sqlite.Backups;

/// <summary>A backup cannot be written or restored; the message names the argument and the remedy. Nothing was changed.</summary>
internal sealed class BackupRefusedException : Exception
{
    public BackupRefusedException(string message)
        : base(message)
    {
    }

    public BackupRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
