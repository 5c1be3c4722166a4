namespace Escapement.SampleWorld.Cast;

/// <summary>What an extension does at one of its endpoints, and when a tenant usually wants it done.</summary>
/// <param name="Name">What its schedules are called.</param>
/// <param name="Endpoint">Method and path.</param>
/// <param name="Cron">When.</param>
/// <param name="Says">The line of its log, with a place for a number.</param>
internal sealed record Job(string Name, string Endpoint, string Cron, string Says)
{
    /// <summary>How long it usually takes.</summary>
    public double Seconds { get; init; } = 1;

    /// <summary>Whether it takes longer from month to month.</summary>
    public bool Grows { get; init; }

    /// <summary>The number of its line, about.</summary>
    public int Count { get; init; } = 40;

    /// <summary>How many of a thousand attempts fail.</summary>
    public int FailsOfThousand { get; init; } = 4;

    /// <summary>Whether it asks the host for its schedules once a week.</summary>
    public bool Lists { get; init; }

    /// <summary>What the tenants' admins set.</summary>
    public object? Policy { get; init; }
}

/// <summary>A version of an extension.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Capabilities">What it declares.</param>
internal sealed record SampleVersion(string Number, params string[] Capabilities)
{
    /// <summary>What every call of it fails with; null of a good one.</summary>
    public string? Fails { get; init; }

    public bool IsBad => Fails is not null;
}

/// <summary>An extension.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Publisher">Whose it is.</param>
/// <param name="Versions">The oldest first.</param>
/// <param name="Jobs">What it does.</param>
internal sealed record SampleExtension(string Id, string Publisher, SampleVersion[] Versions, params Job[] Jobs)
{
    /// <summary>Whether it makes its schedules itself, by its endpoint for that; else admins make them.</summary>
    public bool SetsItselfUp { get; init; }
}
