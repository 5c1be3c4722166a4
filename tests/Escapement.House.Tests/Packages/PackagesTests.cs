namespace Escapement.House.Tests.Packages;

/// <summary>The packages of this checkout.</summary>
public sealed class PackagesTests
{
    [Fact]
    public void Find_TheProjects_UseTheirPackages() => Findings.AssertNone(Projects.FindUnusedPackages());

    [Fact]
    public void Find_TheVersions_AreReferredTo() => Findings.AssertNone(UnusedVersions.Find(Projects.All));
}
