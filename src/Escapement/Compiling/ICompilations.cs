using Escapement.Extensions;

namespace Escapement.Compiling;

/// <summary>
/// Compiling components before they run: in the background, a few at a time, each once. The sandbox that an application brings of its own
/// may have <see cref="NothingToCompile"/>.
/// </summary>
public interface ICompilations
{
    /// <summary>Whether the store knows how far each component is, so that those can be counted that wait.</summary>
    internal bool AreStored => false;

    /// <summary>How far a version is.</summary>
    ValueTask<Compilation> GetAsync(ExtensionVersion version, CancellationToken cancellationToken = default);

    /// <summary>How far several versions are, in their order.</summary>
    ValueTask<IReadOnlyList<Compilation>> GetManyAsync(IReadOnlyList<ExtensionVersion> versions, CancellationToken cancellationToken = default);

    /// <summary>Has a version compiled that is not yet, or whose code this node lacks; returns at once.</summary>
    void Want(ExtensionVersion version, CompileFor purpose);

    /// <summary>Has the store looked at again: a compilation that nobody wants any more is ended. Returns at once.</summary>
    void Review();

    /// <summary>A version was withdrawn: its compilation ends, and its code goes unless another version has the same component.</summary>
    ValueTask ForgetAsync(ExtensionVersion version, CancellationToken cancellationToken = default);

    /// <summary>Compiles what the store has that is not compiled, now and whenever there is something new, until it is stopped.</summary>
    Task RunAsync(CancellationToken stopping);
}

/// <summary>What a component is compiled for; also the order in which it is done.</summary>
public enum CompileFor
{
    /// <summary>An enabled install, whose runs wait for it.</summary>
    Runs,

    /// <summary>Its publisher, who waits to see whether it can be installed.</summary>
    Publisher,

    /// <summary>Nobody yet: it was compiled before, by another engine, and nobody has it installed.</summary>
    Later,
}
