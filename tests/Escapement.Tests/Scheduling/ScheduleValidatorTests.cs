using Escapement.Extensions;
using Escapement.Scheduling;
using Xunit;

namespace Escapement.Tests.Scheduling;

public sealed class ScheduleValidatorTests
{
    private const string GoodCron = "0 9 * * *";

    private static readonly ScheduleLimits Limits = new();

    private static readonly Endpoint[] Endpoints =
    [
        Declared("POST", "/api/sync"),
        Declared("GET", "/api/both"),
        Declared("POST", "/api/both"),
        Declared("GET", "/api/half"),
        Declared("POST", "/api/half", schedulable: false),
        Declared("GET", "/api/off", schedulable: false),
        Declared("PUT", "/api/put", schedulable: false),
        Declared("POST", "/api/put"),
        Declared("DELETE", "/api/gone", schedulable: false),
        Declared("GET", "/api/items/:id", schedulable: false),
    ];

    [Fact]
    public void CheckCreate_OnlyWhatIsNeeded_FillsInDefaults()
    {
        var check = ScheduleValidator.CheckCreate(new("post  api//sync", " 0  9 * * * "), Endpoints, Limits);

        Assert.Empty(check.FieldErrors);
        Assert.Equal(new EndpointKey("POST", "/api/sync"), check.Endpoint);
        Assert.Equal((GoodCron, "UTC", true), (check.Cron, check.TimeZone, check.Enabled));
        Assert.Equal((null, false, null, false), (check.Name, check.NameGiven, check.Payload, check.PayloadGiven));
    }

    [Fact]
    public void CheckCreate_EverythingWrong_ReportsEveryFieldInOrder()
    {
        var check = ScheduleValidator.CheckCreate(new("GET /none", "x", "Mars/Base", null, new string('n', 129), "{"), Endpoints, Limits);

        Assert.Equal(["endpoint", "cron", "timezone", "name", "payload"], check.FieldErrors.Keys);
        Assert.Equal("Invalid fields: endpoint, cron, timezone, name, payload", ScheduleMessages.ErrorSummary(check.FieldErrors));
    }

    [Fact]
    public void CheckCreate_NullStrings_AreFieldErrors()
    {
        var check = ScheduleValidator.CheckCreate(new(null!, null!), Endpoints, Limits);

        Assert.StartsWith(ScheduleMessages.EndpointNotSchedulable, check.FieldErrors["endpoint"], StringComparison.Ordinal);
        Assert.Equal(ScheduleMessages.CronFieldCount, check.FieldErrors["cron"]);
    }

    [Theory]
    [InlineData("POST /api/sync", "POST /api/sync")]
    [InlineData("pOsT \t //api///sync", "POST /api/sync")]
    [InlineData("  /api/sync  ", "POST /api/sync")]
    [InlineData("api/sync", "POST /api/sync")]
    [InlineData("GET /api/both", "GET /api/both")]
    [InlineData("GET /api/half", "GET /api/half")]
    [InlineData("/api/put", "POST /api/put")]
    public void CheckCreate_Selector_FindsItsEndpoint(string selector, string endpoint) =>
        Assert.Equal(endpoint, ScheduleValidator.CheckCreate(new(selector, GoodCron), Endpoints, Limits).Endpoint.ToString());

    [Theory]
    [InlineData("", "Endpoint not found or not schedulable: none is named; write METHOD /path")]
    [InlineData(" \t", "Endpoint not found or not schedulable: none is named; write METHOD /path")]
    [InlineData("GET /api/sync", "Endpoint not found or not schedulable: \"GET /api/sync\" is not an endpoint of the installed version")]
    [InlineData("POST /API/sync", "Endpoint not found or not schedulable: \"POST /API/sync\" is not an endpoint of the installed version")]
    [InlineData("GET /api/off", "Endpoint not found or not schedulable: \"GET /api/off\" is declared with schedulable: false")]
    [InlineData("/api/gone", "Endpoint not found or not schedulable: \"/api/gone\" is neither GET nor POST")]
    [InlineData("PUT /api/put", "Endpoint not found or not schedulable: \"PUT /api/put\" is neither GET nor POST")]
    [InlineData("GET /api/items/:id", "Endpoint not found or not schedulable: \"GET /api/items/:id\" has path parameters")]
    [InlineData("/api/both", "Endpoint is ambiguous: write \"GET /api/both\" or \"POST /api/both\"")]
    [InlineData("/api/half", "Endpoint is ambiguous: write \"GET /api/half\" or \"POST /api/half\"")]
    public void CheckCreate_WrongEndpoint_SaysWhy(string selector, string message) =>
        Assert.Equal(message, ErrorOf("endpoint", new(selector, GoodCron)));

    [Fact]
    public void CheckCreate_HugeOrBrokenSelector_IsQuotedShortAndClean()
    {
        var message = ErrorOf("endpoint", new("GET /\ud800\n" + new string('x', 100_000), GoodCron));

        Assert.InRange(message.Length, 1, 250);
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain(message, char.IsSurrogate);
    }

    [Theory]
    [InlineData("Eastern Standard Time")]
    [InlineData("+02:00")]
    [InlineData("UTC+2")]
    public void CheckCreate_NoIanaZone_IsInvalidTimezone(string zone) =>
        Assert.StartsWith("Invalid timezone", ErrorOf("timezone", new("POST /api/sync", GoodCron, zone)), StringComparison.Ordinal);

    [Fact]
    public void CheckCreate_ZoneInOtherCase_IsStoredCanonical() =>
        Assert.Equal("Europe/Dublin", ScheduleValidator.CheckCreate(new("POST /api/sync", GoodCron, "EUROPE/dublin"), Endpoints, Limits).TimeZone);

    [Theory]
    [InlineData(null, "UTC")]
    [InlineData("", "UTC")]
    [InlineData(" \t", "UTC")]
    [InlineData(" Europe/Dublin\n", "Europe/Dublin")]
    public void CheckCreate_Zone_IsTrimmedAndEmptyMeansUtc(string? given, string stored) =>
        Assert.Equal(stored, ScheduleValidator.CheckCreate(new("POST /api/sync", GoodCron, given), Endpoints, Limits).TimeZone);

    [Fact]
    public void CheckUpdate_EmptyZone_IsInvalidTimezone() =>
        Assert.StartsWith(
            "Invalid timezone", ScheduleValidator.CheckUpdate(new(Timezone: ""), Endpoints, Limits).FieldErrors["timezone"], StringComparison.Ordinal);

    [Fact]
    public void CheckCreate_NameAtTheLimit_OneStepEitherSide()
    {
        Assert.Empty(Name(new string('n', 128)).FieldErrors);
        Assert.StartsWith("Name too long", Name(new string('n', 129)).FieldErrors["name"], StringComparison.Ordinal);
        Assert.Empty(Name("  " + new string('n', 128) + "  ").FieldErrors);
        Assert.Empty(Name(string.Concat(Enumerable.Repeat("⏰🕰", 64))).FieldErrors);
    }

    [Theory]
    [InlineData("  Daily Sync ", "Daily Sync")]
    [InlineData("", null)]
    [InlineData("  ", null)]
    public void CheckCreate_Name_IsTrimmedAndEmptyMeansNone(string given, string? stored)
    {
        Assert.Equal((stored, true), (Name(given).Name, Name(given).NameGiven));
    }

    [Fact]
    public void CheckCreate_NameThatIsNoText_IsRefused()
    {
        Assert.StartsWith(ScheduleMessages.NameNotText, Name("a\ud800b").FieldErrors["name"], StringComparison.Ordinal);
        Assert.StartsWith(ScheduleMessages.NameNotText, Name("\udc00").FieldErrors["name"], StringComparison.Ordinal);
        Assert.StartsWith(ScheduleMessages.NameNotText, Name("a\0b").FieldErrors["name"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(" [1, 2 ]\n")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"half\":\"\\ud800\"}")]
    public void CheckCreate_Payload_IsKeptByteForByte(string payload) =>
        Assert.Equal(payload, Payload(payload).Payload);

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("12")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("[1,]")]
    [InlineData("{a:1}")]
    [InlineData("// c\n{}")]
    [InlineData("\ufeff{}")]
    public void CheckCreate_PayloadThatIsNoObjectOrArray_IsRefused(string payload) =>
        Assert.StartsWith("Payload must be a JSON object or array", Payload(payload).FieldErrors["payload"], StringComparison.Ordinal);

    // Not a Theory: half a surrogate pair does not survive the way into a test's display name.
    [Fact]
    public void CheckCreate_PayloadWithHalfASurrogatePair_IsRefused() =>
        Assert.StartsWith("Payload must be a JSON object or array", Payload("{\"a\":\"\ud800\"}").FieldErrors["payload"], StringComparison.Ordinal);

    [Fact]
    public void CheckCreate_PayloadSize_CountsBytes()
    {
        Assert.Empty(Payload($"[\"{new string('x', 99_996)}\"]").FieldErrors);
        Assert.StartsWith("Payload too large", Payload($"[\"{new string('x', 99_997)}\"]").FieldErrors["payload"], StringComparison.Ordinal);
        Assert.Empty(Payload($"[\"{new string('é', 49_998)}\"]").FieldErrors);
        Assert.StartsWith("Payload too large", Payload($"[\"{new string('é', 49_999)}\"]").FieldErrors["payload"], StringComparison.Ordinal);
        Assert.StartsWith("Payload too large", Payload(new string('x', 10_000_000)).FieldErrors["payload"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(10_000, false)]
    public void CheckCreate_PayloadNesting_IsRefusedBeyond64(int depth, bool isOk) =>
        Assert.Equal(isOk, Payload(new string('[', depth) + new string(']', depth)).FieldErrors.Count == 0);

    [Fact]
    public void CheckUpdate_Nothing_LeavesEverything()
    {
        var check = ScheduleValidator.CheckUpdate(new ScheduleInput(), Endpoints, Limits);

        Assert.Empty(check.FieldErrors);
        Assert.Equal(new ScheduleEdit { FieldErrors = check.FieldErrors }, check);
    }

    [Fact]
    public void CheckUpdate_EmptyNameAndPayload_ClearThem()
    {
        var check = ScheduleValidator.CheckUpdate(new ScheduleInput(Name: "", Payload: ""), Endpoints, Limits);

        Assert.Empty(check.FieldErrors);
        Assert.Equal((null, true, null, true), (check.Name, check.NameGiven, check.Payload, check.PayloadGiven));
    }

    [Fact]
    public void CheckUpdate_OneWrongField_SummaryIsItsMessage()
    {
        var check = ScheduleValidator.CheckUpdate(new ScheduleInput(Cron: "* * * *"), Endpoints, Limits);

        Assert.Equal(ScheduleMessages.CronFieldCount, ScheduleMessages.ErrorSummary(check.FieldErrors));
    }

    [Fact]
    public void RateLimitedUntil_PartOfASecond_RoundsUp()
    {
        Assert.Equal("Rate limit exceeded: try again in 1 second", ScheduleMessages.RateLimitedUntil(TimeSpan.FromMilliseconds(20)));
        Assert.Equal("Rate limit exceeded: try again in 2 seconds", ScheduleMessages.RateLimitedUntil(TimeSpan.FromMilliseconds(1_001)));
        Assert.Equal(ScheduleMessages.TooManySchedules, ScheduleMessages.TooMany(50));
    }

    private static Endpoint Declared(string method, string path, bool schedulable = true) =>
        new(Guid.Empty, new DeclaredEndpoint(method, path, "handle", schedulable));

    private static string ErrorOf(string field, ScheduleInput input)
    {
        var errors = ScheduleValidator.CheckCreate(input, Endpoints, Limits).FieldErrors;
        Assert.Equal([field], errors.Keys);
        return errors[field];
    }

    private static ScheduleEdit Name(string name) => ScheduleValidator.CheckCreate(new("POST /api/sync", GoodCron, Name: name), Endpoints, Limits);

    private static ScheduleEdit Payload(string payload) => ScheduleValidator.CheckCreate(new("POST /api/sync", GoodCron, Payload: payload), Endpoints, Limits);
}
