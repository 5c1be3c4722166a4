using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Escapement.House.Tests.Packages;

public sealed class UnusedPackagesTests
{
    private static readonly MetadataReference Runtime = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);

    private static readonly MetadataReference Bells = Compile("Bells", """
        namespace Bells;
        public class Bell { public void Ring() { } }
        public class LoudAttribute : System.Attribute;
        public static class Chimes { public static int Chime(this string text) => 1; }
        """);

    [Theory]
    [InlineData("class Tower { Bells.Bell bell; }")]
    [InlineData("using Bells; class Tower { void Ring() => new Bell().Ring(); }")]
    [InlineData("using Bells; [Loud] class Tower;")]
    [InlineData("using Bells; class Tower { int Ring() => \"now\".Chime(); }")]
    public void Find_APackageThatASourceUses_IsNotFound(string source) => Assert.Empty(Find(source, """<PackageReference Include="Chimes.Of.Bells" />"""));

    [Theory]
    [InlineData("class Tower { int Bell; }")]
    [InlineData("namespace Other { class Bell; } namespace Tower { class Tower { Other.Bell bell; } }")]
    [InlineData("/// <see cref=\"Bells.Bell\"/>\nclass Tower { string bell = \"Bells.Bell\"; }")]
    public void Find_APackageThatNothingUses_SaysWhere(string source) =>
        Assert.Equal(
            ["Tower/Tower.csproj: 3: nothing in the project uses Chimes.Of.Bells; if it is needed all the same, say why in a comment above"],
            Find(source, """<PackageReference Include="Chimes.Of.Bells" />"""));

    [Fact]
    public void Find_AUsingOfTheWholeProject_LeadsToTheUse() =>
        Assert.Empty(Find("class Tower { Bell bell; }", """<Using Include="Bells" /><PackageReference Include="Chimes.Of.Bells" />"""));

    [Fact]
    public void Find_AReason_IsEnough() =>
        Assert.Empty(Find("class Tower;", """
            <!-- It rings by itself. -->
            <PackageReference Include="Chimes.Of.Bells" />
            """));

    [Fact]
    public void Find_TheReasonOfTheReferenceAbove_IsNotEnough() =>
        Assert.Equal(
            ["Tower/Tower.csproj: 5: nothing in the project uses Chimes.Of.Bells; if it is needed all the same, say why in a comment above"],
            Find("class Tower;", """
                <!-- It strikes by itself. -->
                <PackageReference Include="Hammers" />
                <PackageReference Include="Chimes.Of.Bells" />
                """));

    private static IEnumerable<string> Find(string source, string items)
    {
        var text = $"<Project Sdk=\"Microsoft.NET.Sdk\">\n<ItemGroup>\n{items}\n</ItemGroup>\n</Project>";
        return UnusedPackages.Find(
            new ProjectFile(new TextFile("Tower/Tower.csproj", text)),
            [new TextFile("Tower/Tower.cs", source)],
            [],
            [Runtime, Bells],
            package => package == "Chimes.Of.Bells" ? ["Bells"] : []);
    }

    private static MetadataReference Compile(string name, string source)
    {
        using MemoryStream image = new();
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary);
        var emitted = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source)], [Runtime], options).Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
