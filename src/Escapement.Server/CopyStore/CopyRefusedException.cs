namespace Escapement.Server.CopyStore;

/// <summary>A SQLite installation cannot be copied; the message says why and what to do.</summary>
internal sealed class CopyRefusedException : Exception
{
    public CopyRefusedException(string message)
        : base(message)
    {
    }

    public CopyRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
