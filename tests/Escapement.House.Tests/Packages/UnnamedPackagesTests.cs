namespace Escapement.House.Tests.Packages;

public sealed class UnnamedPackagesTests
{
    [Theory]
    [InlineData("Bells", "using Bells; class Tower;")]
    [InlineData("Bells", "using Bells.Ringing; class Tower;")]
    [InlineData("Bells.Core", "using Bells; class Tower;")]
    public void Find_ANamespaceThatASourceUses_IsNotFound(string package, string source) => Assert.Empty(Find(package, source));

    [Theory]
    [InlineData("Bells", "class Tower;")]
    [InlineData("Bells", "using Bellows; class Tower;")]
    [InlineData("Bells", "// using Bells;\nclass Tower;")]
    [InlineData("Bells.Ringing", "using Bells; class Tower;")]
    public void Find_ANamespaceThatNoSourceUses_SaysWhere(string package, string source) =>
        Assert.Equal(
            [$"Tower/Tower.csproj: 1: nothing in the project uses {package}; if it is needed all the same, say why in a comment above"],
            Find(package, source));

    [Fact]
    public void Find_AUsingOfTheWholeProject_IsEnough() => Assert.Empty(Find("Bells", "class Tower;", """<Using Include="Bells" />"""));

    [Fact]
    public void Find_AReason_IsEnough() => Assert.Empty(Find("Bells", "class Tower;", before: "<!-- It rings by itself. -->"));

    private static IEnumerable<string> Find(string package, string source, string after = "", string before = "")
    {
        var text = $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{before}<PackageReference Include="{package}" />{after}</ItemGroup></Project>""";
        return UnnamedPackages.Find(new ProjectFile(new TextFile("Tower/Tower.csproj", text)), [new TextFile("Tower/Tower.cs", source)], []);
    }
}
