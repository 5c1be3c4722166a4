using System.Collections.Frozen;

namespace Escapement.Scheduling;

/// <summary>The IANA time zones that this machine knows (contract section 3): matched without regard to case, kept in canonical spelling.</summary>
internal static class TimeZones
{
    /// <summary>The zone of a schedule that names none.</summary>
    public const string Default = "UTC";

    private static readonly Lazy<ZoneNames> Names = new(ZoneNames.OfThisMachine);

    /// <summary>The canonical spelling of a zone; null when it is no IANA name. Windows names and offsets are none.</summary>
    public static string? Canonical(string? name) =>
        name is not null && Names.Value.All.TryGetValue(name, out var canonical) ? canonical : null;

    /// <summary>What is wrong with this machine's zone data; null when it can be used. To be asked at start-up.</summary>
    public static Problem? CheckAvailable() => Names.Value.Problem;

    /// <summary><see cref="CheckAvailable"/> for callers that cannot go on without.</summary>
    /// <exception cref="TimeZoneNotFoundException">There is no usable zone data; the message says where it was looked for and what to do.</exception>
    public static void EnsureAvailable()
    {
        if (CheckAvailable() is { } problem)
        {
            throw new TimeZoneNotFoundException(problem.Message);
        }
    }

    internal static TimeZoneInfo? Find(string name) =>
        Canonical(name) is { } canonical && TimeZoneInfo.TryFindSystemTimeZoneById(canonical, out var zone) ? zone : null;
}

/// <summary>The names of a machine's zones, by any spelling of their case.</summary>
/// <param name="All">Canonical spellings; <c>UTC</c> at least.</param>
/// <param name="Problem">What is wrong, when zones are missing.</param>
internal sealed record ZoneNames(FrozenDictionary<string, string> All, Problem? Problem)
{
    // With fewer zones than this the data is a stub, such as minimal container images have.
    private const int FewestExpected = 100;

    // In the folder, but not zones of their own: two alternative trees, the machine's own zone, and placeholders.
    private static readonly FrozenSet<string> NotZones =
        FrozenSet.Create(StringComparer.Ordinal, "posix", "right", "localtime", "posixrules", "Factory");

    public static ZoneNames OfThisMachine()
    {
        if (OperatingSystem.IsWindows())
        {
            return Of(TimeZoneInfo.GetSystemTimeZones().Select(zone => TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var name) ? name : zone.Id)
                .Where(name => name.Contains('/', StringComparison.Ordinal)), "the system's time zones");
        }

        var directory = Environment.GetEnvironmentVariable("TZDIR");
        return OfDirectory(string.IsNullOrEmpty(directory) ? "/usr/share/zoneinfo" : directory);
    }

    public static ZoneNames OfDirectory(string directory)
    {
        var names = new List<string>();
        if (Directory.Exists(directory))
        {
            try
            {
                Collect(new DirectoryInfo(directory), "", names);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Of([], $"{directory} ({e.Message})");
            }
        }

        return Of(names, directory);
    }

    private static ZoneNames Of(IEnumerable<string> names, string where)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            all[name] = name;
        }

        var problem = all.Count >= FewestExpected ? null : new Problem("timezone", "no-time-zones",
            $"No IANA time zones were found in {where}. Install the tzdata package, or set TZDIR to a folder that has it.");
        all[TimeZones.Default] = TimeZones.Default;
        return new ZoneNames(all.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), problem);
    }

    private static void Collect(DirectoryInfo directory, string prefix, List<string> names)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            if (prefix.Length == 0 && NotZones.Contains(entry.Name))
            {
                continue;
            }

            if (entry is DirectoryInfo folder)
            {
                Collect(folder, $"{prefix}{entry.Name}/", names);
            }
            else if (IsZone(entry.FullName))
            {
                names.Add(prefix + entry.Name);
            }
        }
    }

    private static bool IsZone(string file)
    {
        Span<byte> magic = stackalloc byte[4];
        using var handle = File.OpenHandle(file);
        return RandomAccess.Read(handle, magic, 0) == magic.Length && magic.SequenceEqual("TZif"u8);
    }
}
