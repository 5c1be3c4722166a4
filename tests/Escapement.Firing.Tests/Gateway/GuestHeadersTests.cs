namespace Escapement.Gateway;

public sealed class GuestHeadersTests
{
    [Theory]
    [InlineData("Content-Type", "text/html")]
    [InlineData("content-language", "de")]
    [InlineData("Content-Disposition", "attachment; filename=a.csv")]
    [InlineData("ETag", "\"a\"")]
    [InlineData("last-modified", "Mon, 02 Mar 2026 09:00:00 GMT")]
    [InlineData("Vary", "Accept")]
    [InlineData("retry-after", "5")]
    [InlineData("X-Total-Count", "7")]
    [InlineData("location", "/api/ext/com.acme.sync/items/1?a=b:c")]
    [InlineData("location", "items/1")]
    [InlineData("location", "?page=2")]
    public void Sort_WhatExtensionsMaySet_IsPassedOn(string name, string value)
    {
        var (passed, dropped) = Sort((name, value));

        Assert.Equal([(name.ToLowerInvariant(), value), ("cache-control", "private, no-store")], passed);
        Assert.Empty(dropped);
    }

    [Theory]
    [InlineData("Set-Cookie")]
    [InlineData("Server")]
    [InlineData("NEL")]
    [InlineData("Report-To")]
    [InlineData("Permissions-Policy")]
    [InlineData("Refresh")]
    [InlineData("Link")]
    [InlineData("Access-Control-Allow-Origin")]
    [InlineData("Content-Security-Policy")]
    [InlineData("Content-Encoding")]
    [InlineData("Transfer-Encoding")]
    [InlineData("X-Accel-Redirect")]
    [InlineData("X_Accel_Redirect")]
    [InlineData("X-Sendfile")]
    [InlineData("X-Lighttpd-Send-File")]
    [InlineData("X-Content-Type-Options")]
    [InlineData("X-Request-Id")]
    [InlineData("x-alga-tenant")]
    [InlineData("x_alga.tenant")]
    [InlineData("X-Scheduler-Trigger")]
    [InlineData("X-Escapement-User")]
    [InlineData("x-idempotency-key")]
    [InlineData("x-forwarded-for")]
    [InlineData("X-Envoy-Immediate-Health-Check-Fail")]
    [InlineData("x-envoy-degraded")]
    [InlineData("x-middleware-rewrite")]
    [InlineData("x_middleware_set_cookie")]
    [InlineData("x-nextjs-redirect")]
    [InlineData("x-amz-website-redirect-location")]
    [InlineData("Some-New-Header")]
    [InlineData("")]
    [InlineData("bad name")]
    public void Sort_AnythingElse_IsLeftOutAndNamed(string name)
    {
        var (passed, dropped) = Sort((name, "a"));

        Assert.Equal([("cache-control", "private, no-store")], passed);
        Assert.StartsWith($"The response header \"{name}\" was left out: ", Assert.Single(dropped), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nSet-Cookie: b=c")]
    [InlineData("a\0")]
    [InlineData("caf\u00e9")]
    public void Sort_ValueThatIsNotHttp_IsLeftOut(string value) => Assert.Single(Sort(("x-mine", value)).Dropped);

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public void Sort_LocationOfAnotherOrigin_IsLeftOut(string value) =>
        Assert.Contains("it must stay on this origin", Assert.Single(Sort(("location", value)).Dropped), StringComparison.Ordinal);

    [Theory]
    [InlineData("no-store", "private, no-store")]
    [InlineData("public, no-store", "private, no-store")]
    [InlineData("private, max-age=60", "private, max-age=60")]
    [InlineData("Private,No-Cache", "private, no-cache")]
    public void Sort_CachingThatIsAsPrivate_IsPassedOn(string value, string passed)
    {
        var sorted = Sort(("cache-control", value));

        Assert.Equal([("cache-control", passed)], sorted.Passed);
        Assert.Empty(sorted.Dropped);
    }

    [Theory]
    [InlineData("public, max-age=99999")]
    [InlineData("max-age=60")]
    [InlineData("no-cache")]
    [InlineData("private, s-maxage=60")]
    [InlineData("private=\"set-cookie\", max-age=60")]
    [InlineData("private, max-age=60, public")]
    [InlineData("private, max-age=99999999999")]
    [InlineData("private, max-age=")]
    public void Sort_CachingThatIsLessPrivate_IsReplaced(string value)
    {
        var sorted = Sort(("cache-control", value));

        Assert.Equal([("cache-control", "private, no-store")], sorted.Passed);
        Assert.Single(sorted.Dropped);
    }

    [Fact]
    public void Sort_HeaderThatAnAnswerHasOnce_IsTakenAsItCameFirst()
    {
        var (passed, dropped) = Sort(
            ("content-type", "text/plain"), ("Content-Type", "text/html"), ("cache-control", "no-store"), ("cache-control", "private, max-age=60"),
            ("x-a", "1"), ("x-a", "2"));

        Assert.Equal([("content-type", "text/plain"), ("x-a", "1"), ("x-a", "2"), ("cache-control", "private, no-store")], passed);
        Assert.Equal(2, dropped.Count);
    }

    [Theory]
    [InlineData(64, 8, 64)]
    [InlineData(65, 8, 64)]
    [InlineData(2, 8_192, 2)]
    [InlineData(2, 8_193, 1)]
    public void Sort_MoreThanAnAnswerMayHave_LeavesOutTheRest(int headers, int bytesEach, int passed)
    {
        var given = Enumerable.Range(0, headers).Select(i => ($"x-{i:0000}", new string('v', bytesEach - 6))).ToArray();

        Assert.Equal(passed + 1, Sort(given).Passed.Count);
    }

    [Fact]
    public void Sort_ManyThatAreLeftOut_NamesTheFirstFew() =>
        Assert.Equal(20, Sort([.. Enumerable.Range(0, 10_000).Select(i => ($"bad-{i}", "v"))]).Dropped.Count);

    [Theory]
    [InlineData("x_alga_tenant", true)]
    [InlineData("X-ALGA.TENANT", true)]
    [InlineData("x-request_id", true)]
    [InlineData("x-scheduler-", true)]
    [InlineData("x-escapement-user", true)]
    [InlineData("x-idempotency-key", true)]
    [InlineData("x-idempotency-keys", false)]
    [InlineData("x-algae", false)]
    [InlineData("x-mine", false)]
    public void IsTheHosts_HoweverItIsSpelt_IsKnown(string name, bool known) => Assert.Equal(known, GuestHeaders.IsTheHosts(name));

    private static (List<(string, string)> Passed, IReadOnlyList<string> Dropped) Sort(params (string Name, string Value)[] headers)
    {
        var (passed, dropped) = GuestHeaders.Sort([.. headers.Select(h => new KeyValuePair<string, string>(h.Name, h.Value))]);
        return ([.. passed.Select(p => (p.Key, p.Value))], dropped);
    }
}
