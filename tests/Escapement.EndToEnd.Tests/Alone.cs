namespace Escapement.EndToEnd.Tests;

/// <summary>Tests that load the machine, or measure what else would change, run beside nothing; the others beside each other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
