namespace Escapement.AspNetCore.Console;

/// <summary>What an application decides about the console inside it.</summary>
public sealed class EscapementConsoleOptions
{
    /// <summary>
    /// Who may show the console in a frame, as sources of a Content-Security-Policy: <c>'self'</c>, or origins such as
    /// <c>https://portal.example</c>. Empty, the default, for nobody. A browser sends the session's cookie into a frame only where the page around it is of the
    /// same site.
    /// </summary>
    public IReadOnlyList<string> FrameAncestors { get; set; } = [];
}
