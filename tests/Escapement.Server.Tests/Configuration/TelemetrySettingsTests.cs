using Escapement.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Escapement.Server.Tests.Configuration;

public sealed class TelemetrySettingsTests
{
    [Fact]
    public void Read_Nothing_IsAllOff()
    {
        var (telemetry, _, problems) = Read();
        Assert.Empty(problems);
        Assert.Equal((false, false, null), (telemetry.Otlp, telemetry.Prometheus, telemetry.PrometheusPort));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("false", false)]
    public void Read_TrueOrFalse_IsTaken(string text, bool on)
    {
        var (telemetry, _, problems) = Read(("Telemetry:Otlp", text), ("Telemetry:Prometheus", text));
        Assert.Empty(problems);
        Assert.Equal((on, on), (telemetry.Otlp, telemetry.Prometheus));
    }

    [Theory]
    [InlineData("")]
    [InlineData("on")]
    [InlineData("1")]
    public void Read_OtherWord_IsRefused(string text)
    {
        var (_, _, problems) = Read(("Telemetry:Otlp", text));
        Assert.Equal([$"Telemetry:Otlp must be true or false, not \"{text}\""], problems);
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("65535", true)]
    [InlineData("65536", false)]
    public void Read_PortAtTheEndsOfItsRange_IsTakenOnlyWithin(string port, bool good)
    {
        var (_, _, problems) = Read(("Telemetry:Prometheus", "true"), ("Telemetry:PrometheusPort", port));
        Assert.Equal(good ? [] : ["Telemetry:PrometheusPort must be between 1 and 65535"], problems);
    }

    [Theory]
    [InlineData(null, "9464", "http://127.0.0.1:7870", "api,firing",
        "Telemetry:PrometheusPort is for Telemetry:Prometheus, which is off: set that to true, or leave the port out")]
    [InlineData("true", "7870", "http://127.0.0.1:7870", "api",
        "Telemetry:PrometheusPort must be another port than those of Urls: what is there asks for no token")]
    [InlineData("true", "80", "http://*:7870; http://*", "api",
        "Telemetry:PrometheusPort must be another port than those of Urls: what is there asks for no token")]
    [InlineData("true", null, "http://127.0.0.1:7870", "firing",
        "Telemetry:Prometheus needs Telemetry:PrometheusPort on a node without the role api, because there nobody has a token")]
    public void Read_WhatDoesNotGoTogether_IsRefusedWithTheRemedy(string? prometheus, string? port, string urls, string roles, string problem)
    {
        var (_, _, problems) = Read(("Telemetry:Prometheus", prometheus), ("Telemetry:PrometheusPort", port), ("Urls", urls), ("Roles", roles));
        Assert.Equal([problem], problems);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7870", "http://127.0.0.1:9464")]
    [InlineData("http://+:80", "http://+:9464")]
    [InlineData("http://10.0.0.1:80;http://10.0.0.1:81; http://[::1]:80", "http://10.0.0.1:9464 http://[::1]:9464")]
    public void Addresses_WithAPort_AreOnTheHostsOfUrls(string urls, string metrics)
    {
        var (_, settings, problems) = Read(("Telemetry:Prometheus", "true"), ("Telemetry:PrometheusPort", "9464"), ("Roles", "firing"), ("Urls", urls));
        Assert.Empty(problems);
        Assert.Equal([.. urls.Split(';', StringSplitOptions.TrimEntries), .. metrics.Split(' ')], settings.Addresses);
    }

    private static (TelemetrySettings Telemetry, ServerSettings Settings, IReadOnlyList<string> Problems) Read(params (string Name, string? Value)[] settings)
    {
        var (read, problems) = ServerSettings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create($"Escapement:{s.Name}", s.Value)))
            .Build());
        return (read.Telemetry, read, problems);
    }
}
