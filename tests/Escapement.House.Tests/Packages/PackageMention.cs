namespace Escapement.House.Tests.Packages;

/// <summary>A place that names a package, and whether a comment directly above says why.</summary>
internal sealed record PackageMention(string Package, bool HasReason, string Path, int Line);
