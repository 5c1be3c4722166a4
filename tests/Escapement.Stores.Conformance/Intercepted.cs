using System.Reflection;

namespace Escapement.Stores.Conformance;

/// <summary>A store of which some calls are answered otherwise, such as by a failure.</summary>
public class Intercepted : DispatchProxy
{
    private object inner = null!;
    private Func<string, object?[], object?> instead = null!;

    /// <summary>Puts itself before a store.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="instead">What a call by its name and arguments is answered; null for what the store answers.</param>
    internal static T Of<T>(T inner, Func<string, object?[], object?> instead)
        where T : class
    {
        var made = Create<T, Intercepted>();
        var proxy = (Intercepted)(object)made;
        (proxy.inner, proxy.instead) = (inner, instead);
        return made;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        instead(targetMethod!.Name, args!) ?? targetMethod.Invoke(inner, args);
}
