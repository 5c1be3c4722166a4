using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Semver;

namespace Escapement.Extensions;

/// <summary>Reads <c>manifest.json</c> (manifest v2, contract section 4). A bad one is refused with every problem, each with its JSON path.</summary>
internal static class ManifestReader
{
    /// <summary>The largest manifest, in bytes: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>How deep it may be nested.</summary>
    public const int MaxDepth = 64;

    /// <summary>The only runtime there is.</summary>
    public const string Runtime = "wasm-js@1";

    private const int MaxNameLength = 128;

    private const int MaxVersionLength = 256;

    /// <summary>Reads a manifest from text.</summary>
    public static Result<ManifestReading> Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Length > MaxBytes ? TooLarge() : Read(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Reads a manifest from UTF-8, with or without a byte order mark.</summary>
    public static Result<ManifestReading> Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            return TooLarge();
        }

        var json = utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[3..] : utf8;
        if (ManifestText.Fault(json) is { } fault)
        {
            return new Result<ManifestReading>([fault]);
        }

        using var document = JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { MaxDepth = MaxDepth });
        var reading = new ManifestFields();
        var manifest = ReadRoot(document.RootElement, Encoding.UTF8.GetString(json), reading);
        return reading.Problems.Count == 0
            ? new Result<ManifestReading>(new ManifestReading(manifest!, reading.Warnings))
            : new Result<ManifestReading>(reading.Problems);
    }

    private static Manifest? ReadRoot(JsonElement root, string json, ManifestFields reading)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            reading.Wrong("$", "type", "The manifest must be a JSON object");
            return null;
        }

        reading.ReportDuplicates(root);
        reading.WarnOfUnknown(root, "$", "name", "publisher", "version", "runtime", "capabilities", "ui", "api", "precompiled", "assets", "sbom");
        var name = ReadName(root, reading);
        var publisher = reading.Text(root, "$", "publisher", isRequired: false) ?? "";
        var version = ReadVersion(root, reading);
        var runtime = reading.Text(root, "$", "runtime", isRequired: true);
        if (runtime is not null and not Runtime)
        {
            reading.Wrong("$.runtime", "unknown-runtime", $"The runtime must be \"{Runtime}\"");
        }

        var capabilities = ReadCapabilities(root, reading);
        ReadUi(root, reading);
        var endpoints = ManifestEndpoints.Read(root, reading);
        foreach (var _ in reading.Items(root, "$", "assets", JsonValueKind.String, "a string"))
        {
        }

        reading.Text(root, "$", "sbom", isRequired: false);
        return reading.Problems.Count > 0 ? null : new Manifest
        {
            Name = name!,
            Publisher = publisher,
            Version = version!,
            Runtime = runtime!,
            Capabilities = capabilities,
            Endpoints = endpoints,
            Json = json,
        };
    }

    private static string? ReadName(JsonElement root, ManifestFields reading)
    {
        var name = reading.Text(root, "$", "name", isRequired: true);
        if (name is not null && (name.Length > MaxNameLength || !IsReverseDomain(name)))
        {
            reading.Wrong(
                "$.name",
                "name",
                "The name must be in reverse-domain form, lower case, such as com.acme.sync: "
                + $"two or more labels of a-z, 0-9 and inner hyphens, at most {MaxNameLength} characters");
        }

        return name;
    }

    private static bool IsReverseDomain(string name)
    {
        var labels = name.Split('.');
        return labels.Length >= 2 && labels.All(label =>
            label.Length > 0 && label[0] != '-' && label[^1] != '-' && label.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'));
    }

    private static string? ReadVersion(JsonElement root, ManifestFields reading)
    {
        var version = reading.Text(root, "$", "version", isRequired: true);
        if (version is not null && (version.Length > MaxVersionLength || !SemVersion.TryParse(version, SemVersionStyles.Strict, out _, MaxVersionLength)))
        {
            reading.Wrong("$.version", "semver", $"{Excerpt.Of(version)} is not a semantic version (semver 2) such as 1.2.3 or 1.2.3-beta.1");
        }

        return version;
    }

    private static FrozenSet<string> ReadCapabilities(JsonElement root, ManifestFields reading)
    {
        var capabilities = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, path) in reading.Items(root, "$", "capabilities", JsonValueKind.String, "a string"))
        {
            var capability = Capability.Normalise(item.GetString()!);
            if (!Capability.Known.Contains(capability))
            {
                reading.Wrong(path, "unknown-capability", $"{Excerpt.Of(capability)} is not a capability that the host knows; {Capability.Hint(capability)}");
            }

            capabilities.Add(capability);
        }

        return capabilities.ToFrozenSet(StringComparer.Ordinal);
    }

    private static void ReadUi(JsonElement root, ManifestFields reading)
    {
        if (reading.Field(root, "$", "ui", JsonValueKind.Object, "an object", isRequired: false) is not { } ui)
        {
            return;
        }

        reading.WarnOfUnknown(ui, "$.ui", "type", "entry", "hooks");
        if (reading.Text(ui, "$.ui", "type", isRequired: true) is not (null or "iframe"))
        {
            reading.Wrong("$.ui.type", "ui-type", "The type of ui must be \"iframe\"");
        }

        reading.Text(ui, "$.ui", "entry", isRequired: true);
        reading.Field(ui, "$.ui", "hooks", JsonValueKind.Object, "an object", isRequired: false);
    }

    private static Result<ManifestReading> TooLarge() =>
        new([new Problem("$", "too-large", $"The manifest is larger than {MaxBytes:N0} bytes")]);
}
