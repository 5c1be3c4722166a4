namespace Escapement.House.Tests;

/// <summary>A file's text, and its path from the root of the repository, with slashes.</summary>
internal sealed record TextFile(string Path, string Text);
