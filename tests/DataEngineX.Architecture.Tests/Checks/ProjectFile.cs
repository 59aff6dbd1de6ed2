using System.Xml.Linq;

namespace DataEngineX.Architecture.Tests.Checks;

/// <summary>What a project file says the project references.</summary>
public sealed class ProjectFile
{
    private readonly XElement _root;

    private ProjectFile(XElement root) => _root = root;

    public IReadOnlyList<string> Projects =>
        [.. Included("ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/')))];

    public IReadOnlyList<string> Packages => [.. Included("PackageReference")];

    public IReadOnlyList<string> Frameworks => [.. Included("FrameworkReference")];

    public static ProjectFile Load(string path) => new(XDocument.Load(path).Root!);

    public static ProjectFile Parse(string xml) => new(XDocument.Parse(xml).Root!);

    private IEnumerable<string> Included(string item) => _root.Descendants(item).Select(i => (string?)i.Attribute("Include")).OfType<string>();
}
