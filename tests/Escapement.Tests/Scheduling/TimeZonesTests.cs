using Escapement.Scheduling;
using Xunit;

namespace Escapement.Tests.Scheduling;

public sealed class TimeZonesTests
{
    [Theory]
    [InlineData("UTC", "UTC")]
    [InlineData("utc", "UTC")]
    [InlineData("Etc/UTC", "Etc/UTC")]
    [InlineData("america/NEW_york", "America/New_York")]
    [InlineData("us/eastern", "US/Eastern")]
    [InlineData("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires")]
    public void Canonical_IanaName_GivesItsSpelling(string given, string canonical) =>
        Assert.Equal(canonical, TimeZones.Canonical(given));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" UTC")]
    [InlineData("Eastern Standard Time")]
    [InlineData("+02:00")]
    [InlineData("UTC+2")]
    [InlineData("America/Nowhere")]
    [InlineData("America")]
    [InlineData("../etc/passwd")]
    [InlineData("/usr/share/zoneinfo/UTC")]
    [InlineData("posix/UTC")]
    [InlineData("right/UTC")]
    [InlineData("localtime")]
    [InlineData("zone.tab")]
    public void Canonical_AnythingElse_IsNull(string? given) => Assert.Null(TimeZones.Canonical(given));

    [Fact]
    public void Find_EveryKnownName_HasAZone() =>
        Assert.All(ZoneNames.OfThisMachine().All.Values, name => Assert.NotNull(TimeZones.Find(name)));

    [Fact]
    public void EnsureAvailable_ThisMachine_DoesNotThrow()
    {
        Assert.Null(TimeZones.CheckAvailable());
        TimeZones.EnsureAvailable();
    }

    [Fact]
    public void OfDirectory_NoZoneData_SaysWhereAndWhatToDo()
    {
        var empty = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(empty.FullName, "README"), "no zone");
            foreach (var directory in new[] { empty.FullName, Path.Combine(empty.FullName, "absent") })
            {
                var names = ZoneNames.OfDirectory(directory);

                Assert.Contains(directory, names.Problem!.Message, StringComparison.Ordinal);
                Assert.Contains("tzdata", names.Problem.Message, StringComparison.Ordinal);
                Assert.Equal(["UTC"], names.All.Values);
            }
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }
}
