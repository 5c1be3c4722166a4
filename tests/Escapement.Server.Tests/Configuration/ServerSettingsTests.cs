using Escapement.AspNetCore;
using Escapement.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Escapement.Server.Tests.Configuration;

public sealed class ServerSettingsTests
{
    [Theory]
    [InlineData("api", EscapementRoles.Api)]
    [InlineData("firing", EscapementRoles.Firing)]
    [InlineData("api,firing", EscapementRoles.Api | EscapementRoles.Firing)]
    [InlineData("firing, api, api", EscapementRoles.Api | EscapementRoles.Firing)]
    [InlineData(null, EscapementRoles.Api | EscapementRoles.Firing)]
    public void Roles_KnownWords_AreTaken(string? text, EscapementRoles expected)
    {
        var (settings, problems) = Read(("Roles", text));
        Assert.Empty(problems);
        Assert.Equal(expected, settings.Options.Roles);
    }

    [Theory]
    [InlineData("")]
    [InlineData("api,")]
    [InlineData("api;firing")]
    [InlineData("Api")]
    [InlineData("3")]
    [InlineData("api,console")]
    public void Roles_OtherWords_AreRefused(string text)
    {
        var (_, problems) = Read(("Roles", text));
        Assert.Equal([$"Roles must be one or more of api, firing, separated by commas, not \"{text}\""], problems);
    }

    [Theory]
    [InlineData("1.00:00:00", 24)]
    [InlineData("3650.00:00:00", 87_600)]
    [InlineData("forever", null)]
    public void Retention_DurationOrForever_IsTaken(string text, int? hours)
    {
        var (settings, problems) = Read(("Retention:Runs", text), ("Retention:Audit", text));
        Assert.Empty(problems);
        Assert.Empty(EscapementOptionsValidator.Validate(settings.Options));
        TimeSpan? expected = hours is { } h ? TimeSpan.FromHours(h) : null;
        Assert.Equal((expected, expected), (settings.Options.Retention.Runs, settings.Options.Retention.Audit));
    }

    [Fact]
    public void Retention_Absent_IsThirtyDaysAndAYear()
    {
        var (settings, _) = Read();
        Assert.Equal((TimeSpan.FromDays(30), TimeSpan.FromDays(365)), (settings.Options.Retention.Runs, settings.Options.Retention.Audit));
    }

    [Theory]
    [InlineData("23:59:59.9999999")]
    [InlineData("3650.00:00:00.0000001")]
    [InlineData("-1.00:00:00")]
    [InlineData("00:00:00")]
    public void Retention_OutOfRange_NamesBothFields(string text)
    {
        var (settings, problems) = Read(("Retention:Runs", text), ("Retention:Audit", text));
        Assert.Empty(problems);
        Assert.Equal(
            ["Retention:Runs must be between 1 day and 3650 days", "Retention:Audit must be between 1 day and 3650 days"],
            EscapementOptionsValidator.Validate(settings.Options).Select(p => p.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Forever")]
    [InlineData("30 days")]
    [InlineData("P30D")]
    public void Retention_NeitherDurationNorForever_IsRefused(string text)
    {
        var (_, problems) = Read(("Retention:Audit", text));
        Assert.Equal([$"Retention:Audit must be a duration such as 30.00:00:00 (days.hours:minutes:seconds) or the word forever, not \"{text}\""], problems);
    }

    private static (ServerSettings Settings, IReadOnlyList<string> Problems) Read(params (string Name, string? Value)[] settings) =>
        ServerSettings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create($"Escapement:{s.Name}", s.Value)))
            .Build());
}
