using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DataEngineX.Architecture.Tests.Checks;

/// <summary>An assembly read as metadata, without loading it.</summary>
public sealed class AssemblyFile : IDisposable
{
    private readonly PEReader _image;

    public AssemblyFile(string path)
    {
        _image = new PEReader(File.OpenRead(path));
        Metadata = _image.GetMetadataReader();
    }

    public MetadataReader Metadata { get; }

    /// <summary>The assemblies that the code in fact uses.</summary>
    public IReadOnlyList<string> References =>
        [.. Metadata.AssemblyReferences.Select(r => Metadata.GetString(Metadata.GetAssemblyReference(r).Name))];

    /// <summary>The assemblies that may see internals.</summary>
    public IReadOnlyList<string> Friends =>
    [
        .. Metadata.GetAssemblyDefinition().GetCustomAttributes()
            .Select(Metadata.GetCustomAttribute)
            .Where(a => NameOf(a) == "InternalsVisibleToAttribute")
            .Select(a => a.DecodeValue(new NoTypes()).FixedArguments[0].Value as string ?? "?"),
    ];

    public void Dispose() => _image.Dispose();

    private string NameOf(CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && Metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
            ? Metadata.GetString(Metadata.GetTypeReference((TypeReferenceHandle)parent).Name)
            : "";

    // The one attribute decoded here takes a string, so no type has to be resolved.
    private sealed class NoTypes : ICustomAttributeTypeProvider<string>
    {
        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSystemType() => "Type";

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "?";

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => "?";

        public string GetTypeFromSerializedName(string name) => name;

        public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

        public bool IsSystemType(string type) => type == "Type";
    }
}
