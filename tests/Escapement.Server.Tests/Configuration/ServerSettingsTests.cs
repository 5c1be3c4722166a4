using Escapement.AspNetCore;
using Escapement.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Escapement.Server.Tests.Configuration;

public sealed class ServerSettingsTests
{
    private const string Connection = "Host=db;Username=escapement;Database=escapement";

    private const string ConnectionNeeded =
        "PostgreSql:ConnectionString is needed for the store postgres: set ESCAPEMENT__PostgreSql__ConnectionString or say --connection";

    private const string ConnectionNotUsed =
        "PostgreSql:ConnectionString is for the store postgres, and this one is sqlite: leave it out, or say --store postgres";

    private const string TimeLapseNotSupported =
        "TimeLapse cannot be used with the store postgres, because nodes share the database's time: leave it out, or say --store sqlite";

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

    [Fact]
    public void Gateway_EverySetting_IsReadAndHeldAgainstTheSlots()
    {
        var (settings, problems) = Read(
            ("Sandbox:Slots", "8"), ("Firing:ReservedSlots", "3"), ("Firing:SlotsPerTenant", "2"), ("Gateway:ReservedSlots", "2"),
            ("Gateway:SlotsPerTenant", "4"), ("Gateway:SlotsPerInstall", "3"), ("Gateway:MaxWaiting", "9"),
            ("Gateway:MaxWaitingPerTenant", "4"), ("Gateway:MaxWaitingPerInstall", "2"));

        Assert.Empty(problems);
        Assert.Empty(EscapementOptionsValidator.Validate(settings.Options));
        var (firing, gateway) = (settings.Options.Firing, settings.Options.Gateway);
        Assert.Equal((3, 2, 2, 4, 3), (firing.ReservedSlots, firing.SlotsPerTenant, gateway.ReservedSlots, gateway.SlotsPerTenant, gateway.SlotsPerInstall));
        Assert.Equal((9, 4, 2), (gateway.MaxWaiting, gateway.MaxWaitingPerTenant, gateway.MaxWaitingPerInstall));
    }

    [Theory]
    [InlineData("Sandbox:Slots", "2", "Sandbox:Slots must be at least 3, so that one tenant never has all of them")]
    [InlineData("Firing:SlotsPerTenant", "7", "Firing:SlotsPerTenant must be between 1 and 6: runs may have 7 of the 8 slots")]
    [InlineData("Gateway:MaxWaiting", "0", "Gateway:MaxWaiting must be between 1 and 10000")]
    [InlineData("Gateway:MaxWaitingPerTenant", "129", "Gateway:MaxWaitingPerTenant must be between 1 and half of Gateway:MaxWaiting")]
    [InlineData("Gateway:MaxWaitingPerInstall", "33", "Gateway:MaxWaitingPerInstall must be between 1 and Gateway:MaxWaitingPerTenant")]
    public void Gateway_WouldLetOneTenantHaveAll_IsRefusedWithTheRule(string name, string value, string message)
    {
        var (settings, problems) = name == "Sandbox:Slots" ? Read((name, value)) : Read(("Sandbox:Slots", "8"), (name, value));

        Assert.Empty(problems);
        Assert.Contains(EscapementOptionsValidator.Validate(settings.Options), p => p.Message.StartsWith(message, StringComparison.Ordinal));
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

    [Theory]
    [InlineData("sqlite", StoreKind.Sqlite)]
    [InlineData("postgres", StoreKind.PostgreSql)]
    [InlineData(null, StoreKind.Sqlite)]
    public void Store_KnownWord_IsTaken(string? text, StoreKind expected)
    {
        var (settings, problems) = Read(("Store", text));
        Assert.Empty(problems);
        Assert.Equal(expected, settings.Options.Store);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Postgres")]
    [InlineData("postgresql")]
    [InlineData("sqlite,postgres")]
    public void Store_OtherWord_IsRefused(string text)
    {
        var (_, problems) = Read(("Store", text));
        Assert.Equal([$"Store must be sqlite or postgres, not \"{text}\""], problems);
    }

    [Fact]
    public void PostgreSql_Settings_AreTaken()
    {
        var (settings, problems) = Read(
            ("Store", "postgres"),
            ("PostgreSql:ConnectionString", Connection),
            ("PostgreSql:Schema", "jobs"),
            ("PostgreSql:MaxConnections", "4"),
            ("PostgreSql:StartTimeout", "00:00:05"));
        Assert.Empty(problems);
        Assert.Empty(EscapementOptionsValidator.Validate(settings.Options));
        var read = settings.Options.PostgreSql;
        Assert.Equal((Connection, "jobs", 4, TimeSpan.FromSeconds(5)), (read.ConnectionString, read.Schema, read.MaxConnections, read.StartTimeout));
    }

    [Theory]
    [InlineData("postgres", null, null, ConnectionNeeded)]
    [InlineData("postgres", " ", null, ConnectionNeeded)]
    [InlineData("sqlite", Connection, null, ConnectionNotUsed)]
    [InlineData("postgres", Connection, "1.5", TimeLapseNotSupported)]
    [InlineData("postgres", Connection, "1", null)]
    [InlineData("sqlite", null, "1.5", null)]
    [InlineData("sqlite", "", null, null)]
    public void Store_WithWhatBelongsToTheOther_IsRefusedWithTheRemedy(string store, string? connection, string? timeLapse, string? problem)
    {
        var (settings, unreadable) = Read(("Store", store), ("PostgreSql:ConnectionString", connection), ("TimeLapse", timeLapse));
        Assert.Empty(unreadable);
        Assert.Equal(problem is null ? [] : [problem], EscapementOptionsValidator.Validate(settings.Options).Select(p => p.Message));
    }

    [Fact]
    public void PostgreSql_SeveralWrong_NamesAllOfThemWithoutThePassword()
    {
        var (settings, _) = Read(
            ("Store", "postgres"),
            ("PostgreSql:ConnectionString", "secret-word"),
            ("PostgreSql:Schema", "Upper"),
            ("PostgreSql:MaxConnections", "3"),
            ("TimeLapse", "2"));
        var problems = EscapementOptionsValidator.Validate(settings.Options);
        Assert.Equal(["PostgreSql:ConnectionString", "PostgreSql:MaxConnections", "PostgreSql:Schema", "TimeLapse"], problems.Select(p => p.Path).Order());
        Assert.DoesNotContain(problems, p => p.Message.Contains("secret-word", StringComparison.Ordinal));
    }

    private static (ServerSettings Settings, IReadOnlyList<string> Problems) Read(params (string Name, string? Value)[] settings) =>
        ServerSettings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create($"Escapement:{s.Name}", s.Value)))
            .Build());
}
