namespace Escapement.House.Tests.Packages;

public sealed class UnusedVersionsTests
{
    private static readonly ProjectFile Tower = Planted("Tower.csproj", """<Project><ItemGroup><PackageReference Include="Bells" /></ItemGroup></Project>""");

    [Fact]
    public void Find_AVersionThatNoProjectRefersTo_SaysWhere() =>
        Assert.Equal(
            ["Packages.props: 4: no project refers to Hands; if its version matters all the same, say why in a comment above"],
            UnusedVersions.Find([Tower, Planted("Packages.props", """
                <Project>
                  <ItemGroup>
                    <PackageVersion Include="Bells" Version="1.0.0" />
                    <PackageVersion Include="Hands" Version="1.0.0" />
                  </ItemGroup>
                </Project>
                """)]));

    [Fact]
    public void Find_AVersionWithItsReason_IsNotFound() =>
        Assert.Empty(UnusedVersions.Find([Tower, Planted("Packages.props", """
            <Project>
              <ItemGroup>
                <!-- Bells needs it, and would take one that rings late. -->
                <PackageVersion Include="Hands" Version="1.0.0" />
                <PackageVersion Include="Bells" Version="1.0.0" />
              </ItemGroup>
            </Project>
            """)]));

    private static ProjectFile Planted(string path, string text) => new(new TextFile(path, text));
}
