using Escapement.Pausing;
using Escapement.Scheduling;

namespace Escapement.Tests.Pausing;

public sealed class PauseInputTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Until_OneStepEitherSideOfTheLongest()
    {
        var longest = Now.AddYears(Pause.MaxYears);

        Assert.Empty(new PauseInput { Note = "move", Until = longest }.Validate(Now));
        Assert.Equal(("until", "too-far"), Told(new PauseInput { Note = "move", Until = longest.AddTicks(1) }));
        Assert.Equal(("until", "past"), Told(new PauseInput { Note = "move", Until = Now }));
    }

    private static (string Field, string Code) Told(PauseInput input)
    {
        var problem = Assert.Single(input.Validate(Now));
        return (problem.Path, problem.Code);
    }
}
