using Escapement.Extensions;

namespace Escapement.Wasm.Components;

/// <summary>What becomes of a version that is to run, and whose code is not here.</summary>
internal interface IMissingCode
{
    /// <summary>Why there will be no code, or what its runs wait for while it is made; the one or the other.</summary>
    ValueTask<(string? Failure, string? Waits)> AskForAsync(ExtensionVersion version, CancellationToken cancellationToken);

    /// <summary>The version's code is here, and could not be loaded, for all that its seal says: it is made anew, after a pause.</summary>
    /// <returns>What its runs wait for.</returns>
    ValueTask<string> NotLoadedAsync(ExtensionVersion version, string reason, CancellationToken cancellationToken);

    /// <summary>Whether the version's code that may be here could not be loaded, and none was made since: it is as good as not here.</summary>
    bool IsOfNoUse(ExtensionVersion version);

    /// <summary>Whether code that another node put into the store is tried; not what this node failed to load, until it has made its own.</summary>
    bool TakesStoresCode(ExtensionVersion version);
}
