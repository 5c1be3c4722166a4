using System.Buffers;
using System.Formats.Tar;

namespace Escapement.Extensions;

/// <summary>What has come out of an archive so far, and what was wrong with it. Of its files only the manifest is kept.</summary>
/// <param name="limits">How much it may ask for.</param>
internal sealed class BundleContents(BundleLimits limits) : IDisposable
{
    // By name in any case: what tells two of them apart is lost on some file systems, and to some eyes.
    private readonly HashSet<string> files = new(StringComparer.OrdinalIgnoreCase);
    private int entries;
    private byte[]? manifest;
    private readonly ComponentBinary binary = new();
    private bool hasComponent;

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
            files.TryGetValue(path, out var first);
            Problems.Add(new Problem(
                path,
                "duplicate-entry",
                first == path
                    ? $"{Excerpt.Of(path)} is in the bundle more than once"
                    : $"{Excerpt.Of(path)} and {Excerpt.Of(first!)} differ by case only; give one of them another name"));
        }
        else if (!isFolder)
        {
            Keep(path, entry);
        }
    }

    /// <summary>The bundle, or everything that is wrong with it.</summary>
    public Result<Bundle> ToBundle(string sha256)
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
                Warnings = [.. reading.Warnings, .. UnknownImportWarnings.Of(binary.Imports.Found)],
                ComponentBytes = binary.Bytes,
                BundleSha256 = sha256,
                ComponentSha256 = binary.Sha256(),
                Assets = [.. files.Where(file => file is not (BundleReader.ManifestPath or BundleReader.ComponentPath)).Order(StringComparer.Ordinal)],
            });
    }

    public void Dispose() => binary.Dispose();

    // For who packed a folder above the right one, or wrote the name in another case.
    private string Elsewhere(string wanted)
    {
        var name = wanted[(wanted.LastIndexOf('/') + 1)..];
        var seen = files.Where(f => f[(f.LastIndexOf('/') + 1)..].Equals(name, StringComparison.OrdinalIgnoreCase)).Min(StringComparer.Ordinal);
        return seen is null ? "" : $"; it has {Excerpt.Of(seen)}, and name and place must be exactly these";
    }

    private bool Has(string path) => files.TryGetValue(path, out var name) && name == path;

    private void Keep(string path, TarEntry entry)
    {
        if (path == BundleReader.ManifestPath)
        {
            using var kept = new MemoryStream();
            Pass(entry, ManifestReader.MaxBytes + 1, bytes => kept.Write(bytes));
            manifest = kept.ToArray();
        }
        else if (path == BundleReader.ComponentPath)
        {
            hasComponent = true;
            Pass(entry, limits.MaxComponent + 1, binary.Add);
            if (binary.Bytes > limits.MaxComponent)
            {
                throw new BundleRefusedException("component-too-large", $"The component is larger than {limits.MaxComponent:N0} bytes");
            }
        }
    }

    // By what really comes: the size in an entry's header is only a claim.
    private static void Pass(TarEntry entry, long most, Action<ReadOnlySpan<byte>> take)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int count; most > 0 && entry.DataStream is { } data && (count = data.Read(buffer, 0, (int)Math.Min(buffer.Length, most))) > 0; most -= count)
            {
                take(buffer.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ManifestReading? ReadManifest(bool isWhole)
    {
        if (manifest is null)
        {
            if (isWhole && !Has(BundleReader.ManifestPath))
            {
                Problems.Add(new Problem(BundleReader.ManifestPath, "missing", "The bundle has no manifest.json" + Elsewhere(BundleReader.ManifestPath)));
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
        if (!hasComponent)
        {
            if (isWhole && !Has(BundleReader.ComponentPath))
            {
                Problems.Add(new Problem(
                    BundleReader.ComponentPath,
                    "missing",
                    $"The bundle has no component at {BundleReader.ComponentPath}{Elsewhere(BundleReader.ComponentPath)}"));
            }
        }
        else if (isWhole && binary.Fault() is { } fault)
        {
            Problems.Add(new Problem(BundleReader.ComponentPath, "not-a-component", fault));
        }
    }
}
