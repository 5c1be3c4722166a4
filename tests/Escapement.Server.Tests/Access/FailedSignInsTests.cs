using System.Net;
using System.Net.Http.Headers;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Access;

public sealed class FailedSignInsTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly FailedSignIns failures;

    public FailedSignInsTests() => failures = new FailedSignIns(time);

    [Fact]
    public void Count_TenThousandWrongTokens_AFewAreFreeAFewWaitAndTheRestAreRefused()
    {
        var counts = Enumerable.Range(0, 10_000).Select(_ => failures.Count("10.0.0.1")).ToList();

        Assert.All(counts[..10], c => Assert.Equal((TimeSpan.Zero, false), c));
        Assert.Equal(Enumerable.Range(1, 10).Select(s => (TimeSpan.FromSeconds(s), false)), counts[10..20]);
        Assert.All(counts[20..], c => Assert.Equal((TimeSpan.FromSeconds(1), true), c));
        Assert.Equal((TimeSpan.Zero, false), failures.Count("10.0.0.2"));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((TimeSpan.FromSeconds(10), false), failures.Count("10.0.0.1"));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((TimeSpan.Zero, false), failures.Count("10.0.0.1"));
    }

    [Fact]
    public void Count_FromVeryManyAddresses_RemembersABoundedNumberAndForgetsThoseThatAreQuiet()
    {
        for (var i = 0; i < FailedSignIns.MaxAddresses + 5_000; i++)
        {
            failures.Count($"address {i}");
        }

        Assert.Equal(FailedSignIns.MaxAddresses + 1, failures.Remembered);
        Assert.True(failures.Count("one more").Refuse);

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((TimeSpan.Zero, false), failures.Count("one more"));
        Assert.Equal(1, failures.Remembered);
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    public void Address_OfIpv6_IsItsNetwork(string address, string known) => Assert.Equal(known, ClientAddress.Of(IPAddress.Parse(address)));

    [Fact]
    public async Task SignIn_AfterManyWrongTokens_IsRefusedWithAWaitButARightTokenIsLetInAtOnce()
    {
        await using var server = await RunningServer.StartAsync(services: s => s.AddSingleton<TimeProvider>(time));
        using var wrong = new HttpClient { BaseAddress = server.Address };
        wrong.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "esc_" + new string('A', 43));
        for (var i = 0; i < FailedSignIns.Free; i++)
        {
            using var answer = await wrong.GetAsync("/api/v1/extensions");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        var others = Enumerable.Range(0, FailedSignIns.Waiting + 1).Select(_ => wrong.GetAsync("/api/v1/extensions")).ToList();
        var refused = await Task.WhenAny(others);
        using var refusal = await refused;
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (refusal.StatusCode, refusal.Headers.RetryAfter?.Delta));
        Assert.Equal("urn:escapement:problem:too-many-sign-ins", (string?)(await RunningServer.ReadAsync(refusal))["type"]);
        await server.GetAsync("/api/v1/extensions");

        others.Remove(refused);
        Assert.DoesNotContain(others, o => o.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.All(await Task.WhenAll(others), o => Assert.Equal(HttpStatusCode.Unauthorized, o.StatusCode));
    }
}
