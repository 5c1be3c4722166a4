namespace Escapement.Retention;

public sealed class RetentionOptionsTests
{
    // Why is told by the audit too, for as long as there are runs to ask about.
    [Theory]
    [InlineData(30, 30, true)]
    [InlineData(30, 31, true)]
    [InlineData(30, 29, false)]
    [InlineData(30, null, true)]
    [InlineData(null, null, true)]
    [InlineData(null, 3_650, false)]
    public void Validate_AuditOneStepEitherSideOfRuns_IsTakenOrNamedWithTheRemedy(int? runs, int? audit, bool isGood)
    {
        var options = new RetentionOptions { Runs = Days(runs), Audit = Days(audit) };

        var problems = options.Validate();

        Assert.Equal(isGood ? [] : ["Retention:Audit"], problems.Select(p => p.Path));
        Assert.All(problems, p => Assert.EndsWith("keep it longer, or runs shorter", p.Message, StringComparison.Ordinal));
    }

    private static TimeSpan? Days(int? days) => days is { } kept ? TimeSpan.FromDays(kept) : null;
}
