namespace Escapement.House.Tests.Files;

public sealed class InvisibleCharactersTests
{
    [Theory]
    [InlineData('\u202A')]
    [InlineData('\u202B')]
    [InlineData('\u202C')]
    [InlineData('\u202D')]
    [InlineData('\u202E')]
    [InlineData('\u2066')]
    [InlineData('\u2067')]
    [InlineData('\u2068')]
    [InlineData('\u2069')]
    [InlineData('\u200B')]
    [InlineData('\u200C')]
    [InlineData('\u200D')]
    [InlineData('\u200E')]
    [InlineData('\u200F')]
    [InlineData('\u061C')]
    [InlineData('\u2060')]
    [InlineData('\u2028')]
    [InlineData('\uFEFF')]
    [InlineData('\u001B')]
    public void Find_AnInvisibleCharacter_SaysWhereAndWhich(char invisible) =>
        Assert.Equal([$"a.md: 2: the invisible character U+{(int)invisible:X4}"], InvisibleCharacters.Find([new TextFile("a.md", $"one\ntw{invisible}o\n")]));

    [Fact]
    public void Find_AMarkAtTheBeginning_IsFound() => Assert.Single(InvisibleCharacters.Find([new TextFile("a.md", "\uFEFFone\n")]));

    [Fact]
    public void Find_WhatCanBeSeen_IsNotFound() => Assert.Empty(InvisibleCharacters.Find([new TextFile("a.md", "caf\u00E9\u00A0\u2192\t\U0001F514\r\n")]));
}
