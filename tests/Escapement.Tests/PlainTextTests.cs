using Escapement.Access;
using Escapement.Pausing;

namespace Escapement.Tests;

public sealed class PlainTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("move\nthe database")]
    [InlineData("move\u001b[2Jthe database")]
    [InlineData("move\u202ethe database")]
    [InlineData("move\u2028the database")]
    [InlineData("move\0the database")]
    public void Note_WithWhatSteersItsReader_IsRefused(string note) =>
        Assert.Equal(("note", "not-text"), Told(new PauseInput { Note = note }));

    [Theory]
    [InlineData("Umzug der Datenbank \u2013 bis Montag")]
    [InlineData("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")]
    [InlineData("move\n")]
    public void Note_InAnyLanguage_IsTaken(string note) => Assert.Empty(new PauseInput { Note = note }.Validate(Now));

    [Theory]
    [InlineData("an\u202ena")]
    [InlineData("an\u200bna")]
    public void Names_WithWhatNobodySees_AreNone(string name) => Assert.False(TokenInput.IsName(name));

    private static (string Field, string Code) Told(PauseInput input)
    {
        var problem = Assert.Single(input.Validate(Now));
        return (problem.Path, problem.Code);
    }
}
