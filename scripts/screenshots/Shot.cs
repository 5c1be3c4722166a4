namespace Escapement.Screenshots;

/// <summary>A page that pictures are taken of, in the light and in the dark.</summary>
/// <param name="Name">Of the files: NAME.png and NAME-dark.png.</param>
/// <param name="Address">Of the page, below the console's.</param>
internal sealed record Shot(string Name, string Address)
{
    /// <summary>As a phone shows it.</summary>
    public bool Narrow { get; init; }

    /// <summary>As somebody sees it who has not signed in.</summary>
    public bool Anonymous { get; init; }
}
