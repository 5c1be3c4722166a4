namespace Escapement.House.Tests.Files;

public sealed class SkippedTestsTests
{
    [Theory]
    [InlineData("[Fact(Skip = \"later\")] void Ring() { }", "Skip = \"later\"")]
    [InlineData("[Theory(DisplayName = \"x\", SkipUnless = nameof(Loud))] void Ring() { }", "SkipUnless = nameof(Loud)")]
    [InlineData("[Fact(SkipWhen = nameof(Quiet))] void Ring() { }", "SkipWhen = nameof(Quiet)")]
    [InlineData("[Fact(Explicit = true)] void Ring() { }", "Explicit = true")]
    [InlineData("[InlineData(1, Skip = \"later\")] void Ring(int i) { }", "Skip = \"later\"")]
    [InlineData("void Ring() { Assert.Skip(\"later\"); }", "Assert.Skip")]
    [InlineData("void Ring() => Assert.SkipUnless(loud, \"quiet\");", "Assert.SkipUnless")]
    public void Find_ATestThatIsLeftOut_SaysWhere(string code, string text) =>
        Assert.Equal([$"BellTests.cs: 3: a test is left out: {text}"], SkippedTests.Find([new TextFile("BellTests.cs", $"class BellTests\n{{\n{code}\n}}\n")]));

    [Theory]
    [InlineData("test.skip(\"rings\", () => {});", "test.skip")]
    [InlineData("it.skip(\"rings\", () => {});", "it.skip")]
    [InlineData("describe.skip(\"bell\", () => {});", "describe.skip")]
    [InlineData("test.todo(\"rings\");", "test.todo")]
    [InlineData("test.only(\"rings\", () => {});", "test.only")]
    [InlineData("xit(\"rings\", () => {});", "xit(")]
    [InlineData("test(\"rings\", { skip: true }, () => {});", "{ skip:")]
    [InlineData("test(\"rings\", (t) => t.skip());", "t.skip")]
    public void Find_ATestOfJavaScriptThatIsLeftOut_SaysWhere(string code, string text) =>
        Assert.Equal([$"bell.test.mjs: 2: a test is left out: {text}"], SkippedTests.Find([new TextFile("bell.test.mjs", $"\n{code}\n")]));

    [Theory]
    [InlineData("a.cs", "class A { [Fact] void Ring() => bells.Skip(1); string Text = \"Assert.Skip(Skip = 1)\"; /* [Fact(Skip = 1)] */ }")]
    [InlineData("src/filter.ts", "show({ only: due });")]
    [InlineData("a.test.mjs", "test(\"rings\", () => { exit(0); list.skip; });")]
    [InlineData("a.md", "test.skip is not used")]
    public void Find_TestsThatRun_AreNotFound(string path, string text) => Assert.Empty(SkippedTests.Find([new TextFile(path, text)]));
}
