using Escapement.House.Tests.Rooms;
using Microsoft.CodeAnalysis.CSharp;

namespace Escapement.House.Tests.Names;

public sealed class TypeNamesTests
{
    [Fact]
    public void Find_TheSources_HaveOneTypeForEachName() =>
        Findings.AssertNone(TypeNames.Find(MeasuredRooms.Now.Compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0)));

    [Theory]
    [InlineData("public class Bell;", "public class Bell;")]
    [InlineData("public class Bell;", "internal record Bell(int Weight);")]
    [InlineData("public enum Bell { Small }", "public interface Bell;")]
    [InlineData("public delegate void Bell();", "public struct Bell;")]
    [InlineData("public class Bell;", "public class Tower { internal class Bell; }")]
    [InlineData("public class Bell;", "public interface Tower { class Bell; }")]
    [InlineData("public class Bell;", "public class Bell<T>;")]
    public void Find_TwoTypesOfOneName_SaysWhere(string one, string other) =>
        Assert.Equal(
            ["Bell names 2 types: src/Clock/Bells/Bell.cs, src/Clock/Chimes/Bell.cs"],
            Find(("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; " + one), ("src/Clock/Chimes/Bell.cs", "namespace Clock.Chimes; " + other)));

    [Theory]
    [InlineData("public class Bell;", "public class Tower { class Bell; }")]
    [InlineData("public class Bell;", "public class Tower { private sealed record Bell; }")]
    [InlineData("public class Bell;", "file class Bell;")]
    [InlineData("public class Bell;", "public class Tower { int Bell; }")]
    [InlineData("public class Sound { public sealed class Bell : Sound; }", "public class Signal { public sealed class Bell : Signal; }")]
    public void Find_ANameThatNobodyElseSees_IsNotFound(string one, string other) =>
        Assert.Empty(Find(("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; " + one), ("src/Clock/Chimes/Bell.cs", "namespace Clock.Chimes; " + other)));

    [Theory]
    [InlineData("public partial class Bell;", "public partial class Bell;")]
    [InlineData("public class Bell;", "public class Bell<T>;")]
    public void Find_OneTypeInTwoFiles_IsNotFound(string one, string other) =>
        Assert.Empty(Find(("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; " + one), ("src/Clock/Bells/Bell.Log.cs", "namespace Clock.Bells; " + other)));

    [Fact]
    public void Find_TheTwoStores_MirrorEachOther()
    {
        (string, string) sqlite = ("src/Escapement.Sqlite/Runs/RunRow.cs", "namespace Escapement.Sqlite.Runs; class RunRow;");
        (string, string) postgres = ("src/Escapement.PostgreSql/Runs/RunRow.cs", "namespace Escapement.PostgreSql.Runs; class RunRow;");
        (string, string) core = ("src/Escapement/Runs/RunRow.cs", "namespace Escapement.Runs; class RunRow;");

        Assert.Empty(Find(sqlite, postgres));
        Assert.Single(Find(sqlite, postgres, core));
        Assert.Single(Find(sqlite, ("src/Escapement.Sqlite/Audit/RunRow.cs", "namespace Escapement.Sqlite.Audit; class RunRow;")));
    }

    private static IEnumerable<string> Find(params (string Path, string Text)[] files) =>
        TypeNames.Find(files.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path)));
}
