namespace Escapement.House.Tests.Files;

public sealed class LongLinesTests
{
    private static readonly string AtTheLimit = new('a', 160);

    [Theory]
    [InlineData("a.cs")]
    [InlineData("b/claim.sql")]
    [InlineData("a.ts")]
    [InlineData("a.js")]
    [InlineData("a.mjs")]
    [InlineData("a.sh")]
    [InlineData("a.csproj")]
    [InlineData("a.yaml")]
    [InlineData("deploy/container/Containerfile")]
    public void Find_OneCharacterTooMany_SaysWhere(string path) =>
        Assert.Equal([$"{path}: 2: 161 characters; at most 160"], LongLines.Find([new TextFile(path, $"short\n{AtTheLimit}b\r\n")]));

    [Fact]
    public void Find_AScriptWithoutExtension_IsCode() => Assert.Single(LongLines.Find([new TextFile("demo", $"#!/usr/bin/env bash\n{AtTheLimit}b\n")]));

    [Fact]
    public void Find_AtTheLimit_IsNotFound() => Assert.Empty(LongLines.Find([new TextFile("a.cs", $"{AtTheLimit}\n{AtTheLimit}\r\n")]));

    [Theory]
    [InlineData("a.md")]
    [InlineData("package-lock.json")]
    [InlineData("src/A/PublicAPI.Unshipped.txt")]
    [InlineData("docs/architecture.svg")]
    public void Find_WhatIsNotCode_MayHaveLongLines(string path) => Assert.Empty(LongLines.Find([new TextFile(path, AtTheLimit + AtTheLimit)]));
}
