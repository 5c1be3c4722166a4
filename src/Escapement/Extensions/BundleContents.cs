using System.Formats.Tar;
using System.Security.Cryptography;

namespace Escapement.Extensions;

/// <summary>What has come out of an archive so far, and what was wrong with it.</summary>
internal sealed class BundleContents(BundleLimits limits)
{
    private readonly HashSet<string> files = new(StringComparer.Ordinal);
    private int entries;
    private byte[]? manifest;
    private byte[]? component;

    public List<Problem> Problems { get; } = [];

    public void Add(TarEntry entry)
    {
        if (++entries > limits.MaxEntries)
        {
            throw new BundleRefusedException("too-many-entries", $"The bundle has more than {limits.MaxEntries:N0} entries");
        }

        // Written by git archive; says nothing of any file.
        if (entry.EntryType == TarEntryType.GlobalExtendedAttributes)
        {
            return;
        }

        var isFolder = entry.EntryType == TarEntryType.Directory;
        if (BundlePath.Read(entry.Name, isFolder, out var path) is { } fault)
        {
            Problems.Add(new Problem("", "path", $"The name of the entry {Excerpt.Of(entry.Name)} {fault}"));
        }
        else if (!isFolder && entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
        {
            Problems.Add(new Problem(path, "entry-type", $"{Excerpt.Of(path)} is not a file or a folder; links and devices are refused"));
        }
        else if (!isFolder && !files.Add(path))
        {
            Problems.Add(new Problem(path, "duplicate-entry", $"{Excerpt.Of(path)} is in the bundle more than once"));
        }
        else if (!isFolder)
        {
            Keep(path, entry);
        }
    }

    /// <summary>The bundle, or everything that is wrong with it.</summary>
    public Result<Bundle> ToBundle(ReadOnlySpan<byte> archive)
    {
        // An archive that could not be read to its end cannot be said to lack anything.
        var isWhole = Problems.All(problem => problem.Path.Length > 0 || problem.Code == "path");
        var reading = ReadManifest(isWhole);
        CheckComponent(isWhole);
        return Problems.Count > 0
            ? new Result<Bundle>(Problems)
            : new Result<Bundle>(new Bundle
            {
                Manifest = reading!.Manifest,
                Warnings = reading.Warnings,
                Component = component!,
                BundleSha256 = Convert.ToHexStringLower(SHA256.HashData(archive)),
                ComponentSha256 = Convert.ToHexStringLower(SHA256.HashData(component!)),
                Assets = [.. files.Where(file => file is not (BundleReader.ManifestPath or BundleReader.ComponentPath)).Order(StringComparer.Ordinal)],
            });
    }

    private void Keep(string path, TarEntry entry)
    {
        if (path == BundleReader.ManifestPath)
        {
            manifest = ReadAtMost(entry, ManifestReader.MaxBytes + 1);
        }
        else if (path == BundleReader.ComponentPath)
        {
            component = ReadAtMost(entry, limits.MaxUnpacked);
        }
    }

    // Grows with what really comes: the size in an entry's header is only a claim.
    private static byte[] ReadAtMost(TarEntry entry, long most)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (kept.Length < most && entry.DataStream is { } data)
        {
            var count = data.Read(buffer, 0, (int)Math.Min(buffer.Length, most - kept.Length));
            if (count == 0)
            {
                break;
            }

            kept.Write(buffer, 0, count);
        }

        return kept.ToArray();
    }

    private ManifestReading? ReadManifest(bool isWhole)
    {
        if (manifest is null)
        {
            if (isWhole && !files.Contains(BundleReader.ManifestPath))
            {
                Problems.Add(new Problem(BundleReader.ManifestPath, "missing", "The bundle has no manifest.json"));
            }

            return null;
        }

        if (!isWhole)
        {
            return null;
        }

        var reading = ManifestReader.Read(manifest);
        Problems.AddRange(reading.Problems.Select(problem => problem with { Path = $"{BundleReader.ManifestPath}:{problem.Path}" }));
        return reading.IsOk ? reading.Value : null;
    }

    private void CheckComponent(bool isWhole)
    {
        if (component is null)
        {
            if (isWhole && !files.Contains(BundleReader.ComponentPath))
            {
                Problems.Add(new Problem(BundleReader.ComponentPath, "missing", $"The bundle has no component at {BundleReader.ComponentPath}"));
            }
        }
        else if (isWhole && ComponentBinary.Fault(component) is { } fault)
        {
            Problems.Add(new Problem(BundleReader.ComponentPath, "not-a-component", fault));
        }
    }
}
