using System.Text.RegularExpressions;

namespace Escapement.House.Tests.Packages;

/// <summary><c>./demo --world</c> on a fresh machine installs no npm packages: what its script imports before it runs must be there without.</summary>
public sealed partial class DemoImportsTests
{
    [Fact]
    public void Demo_BeforeAnyPackageIsThere_ImportsWhatNodeItselfHas()
    {
        var imported = Imports().Matches(Repository.Read("scripts/demo.mjs")).Select(import => import.Groups[1].Value).ToList();
        Assert.NotEmpty(imported);
        Assert.All(imported, name => Assert.StartsWith("node:", name, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^import .*'([^']+)';", RegexOptions.Multiline)]
    private static partial Regex Imports();
}
