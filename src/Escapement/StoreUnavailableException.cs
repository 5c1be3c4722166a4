namespace Escapement;

/// <summary>
/// The store cannot do what was asked: its disk is full, its file is damaged, its folder is locked or gone, its server is away. Nothing of
/// the change was stored, unless <see cref="MayHaveStored"/> says so. The message says what is wrong, where, and what to do about it.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Says what is wrong and the remedy.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong and the remedy, with the cause.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the change may have been stored all the same, because the connection was lost before the answer came. Default: false.</summary>
    public bool MayHaveStored { get; init; }

    /// <summary>
    /// Whether a machine is away that holds the rows of some of the tenants only: what concerns others may go on. Default: false.
    /// </summary>
    public bool InPart { get; init; }
}
