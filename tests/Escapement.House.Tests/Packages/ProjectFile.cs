using System.Xml;
using System.Xml.Linq;

namespace Escapement.House.Tests.Packages;

/// <summary>What a project, or a file of settings that projects share, says about packages and sources.</summary>
internal sealed class ProjectFile(TextFile file)
{
    private readonly XDocument xml = XDocument.Parse(file.Text, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);

    public string Path => file.Path;

    public string Folder => System.IO.Path.GetDirectoryName(file.Path)!.Replace('\\', '/');

    public bool IsProject => file.Path.EndsWith(".csproj", StringComparison.Ordinal);

    public bool IsForWeb => (string?)xml.Root!.Attribute("Sdk") == "Microsoft.NET.Sdk.Web";

    public IEnumerable<PackageMention> References => Mentions("PackageReference");

    public IEnumerable<PackageMention> Versions => Mentions("PackageVersion");

    /// <summary>Namespaces that every source of the project uses.</summary>
    public IEnumerable<string> Usings => Values("Using", "Include");

    /// <summary>Patterns of sources that lie elsewhere, relative to the project.</summary>
    public IEnumerable<string> LinkedSources => Values("Compile", "Include");

    private IEnumerable<string> Values(string element, string attribute) =>
        xml.Descendants(element).Select(item => (string?)item.Attribute(attribute)).OfType<string>();

    private IEnumerable<PackageMention> Mentions(string element) =>
        from item in xml.Descendants(element)
        select new PackageMention((string)item.Attribute("Include")!, HasReason(item), file.Path, ((IXmlLineInfo)item).LineNumber);

    // A comment directly above, with nothing but white space between.
    private static bool HasReason(XElement item) =>
        item.NodesBeforeSelf().Reverse().SkipWhile(node => node is XText text && string.IsNullOrWhiteSpace(text.Value)).FirstOrDefault() is XComment;
}
