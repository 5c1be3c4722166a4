namespace Escapement.Screenshots;

/// <summary>A picture of a page.</summary>
/// <param name="Name">Of its file, without the ending.</param>
/// <param name="Address">Of the page, below the console's.</param>
internal sealed record Shot(string Name, string Address)
{
    public bool Dark { get; init; }

    /// <summary>As a phone shows it.</summary>
    public bool Narrow { get; init; }
}
