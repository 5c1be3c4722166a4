namespace Escapement;

/// <summary>
/// The store could not do what it was asked: disk full, file damaged, database away. Nothing of the operation was stored.
/// The message says what happened, where, and the remedy.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Makes one.</summary>
    public StoreUnavailableException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
