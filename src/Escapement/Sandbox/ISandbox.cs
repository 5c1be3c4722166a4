namespace Escapement.Sandbox;

/// <summary>Runs an extension's handler. The engine and the gateway know the sandbox only through this.</summary>
public interface ISandbox
{
    /// <summary>How many invocations it carries out at once; more wait their turn.</summary>
    int Slots { get; }

    /// <summary>
    /// Carries out one request in a fresh instance. Whatever the guest does becomes an <see cref="InvocationResult"/>; the task
    /// fails only for a bug of the host, or when the component could not be fetched.
    /// </summary>
    /// <param name="invocation">What to run and on whose behalf.</param>
    /// <param name="cancellationToken">Ends the guest early, as <see cref="InvocationResult.Cancelled"/>.</param>
    /// <exception cref="StoreUnavailableException">
    /// The component could not be fetched now. The guest has not started; the same call may succeed later.
    /// </exception>
    ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken);
}
