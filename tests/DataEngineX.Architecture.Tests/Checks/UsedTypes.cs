using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace DataEngineX.Architecture.Tests.Checks;

/// <summary>Decodes a signature to the types of other assemblies that it names: (assembly, full name).</summary>
public sealed class UsedTypes(MetadataReader metadata)
    : ISignatureTypeProvider<ImmutableArray<(string Assembly, string Type)>, object?>
{
    private static readonly ImmutableArray<(string Assembly, string Type)> None = [];

    /// <summary>The types that a base type, interface, constraint or attribute handle names.</summary>
    public ImmutableArray<(string Assembly, string Type)> Of(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => GetTypeFromReference(metadata, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeSpecification => metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
        _ => None,
    };

    public ImmutableArray<(string Assembly, string Type)> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var reference = reader.GetTypeReference(handle);
        var name = reader.GetString(reference.Name);
        return reference.ResolutionScope.Kind switch
        {
            // A nested type stands where its outermost type stands.
            HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)reference.ResolutionScope, 0),
            HandleKind.AssemblyReference =>
            [
                (reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name),
                    $"{reader.GetString(reference.Namespace)}.{name}"),
            ],
            _ => None,
        };
    }

    public ImmutableArray<(string Assembly, string Type)> GetMethodType(MethodSignature<ImmutableArray<(string Assembly, string Type)>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(p => p)];

    public ImmutableArray<(string Assembly, string Type)> GetGenericInstantiation(
        ImmutableArray<(string Assembly, string Type)> genericType,
        ImmutableArray<ImmutableArray<(string Assembly, string Type)>> typeArguments) => [.. genericType, .. typeArguments.SelectMany(a => a)];

    public ImmutableArray<(string Assembly, string Type)> GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableArray<(string Assembly, string Type)> GetModifiedType(
        ImmutableArray<(string Assembly, string Type)> modifier, ImmutableArray<(string Assembly, string Type)> unmodifiedType, bool isRequired) => unmodifiedType;

    public ImmutableArray<(string Assembly, string Type)> GetArrayType(ImmutableArray<(string Assembly, string Type)> elementType, ArrayShape shape) => elementType;

    public ImmutableArray<(string Assembly, string Type)> GetByReferenceType(ImmutableArray<(string Assembly, string Type)> elementType) => elementType;

    public ImmutableArray<(string Assembly, string Type)> GetPinnedType(ImmutableArray<(string Assembly, string Type)> elementType) => elementType;

    public ImmutableArray<(string Assembly, string Type)> GetPointerType(ImmutableArray<(string Assembly, string Type)> elementType) => elementType;

    public ImmutableArray<(string Assembly, string Type)> GetSZArrayType(ImmutableArray<(string Assembly, string Type)> elementType) => elementType;

    public ImmutableArray<(string Assembly, string Type)> GetFunctionPointerType(MethodSignature<ImmutableArray<(string Assembly, string Type)>> signature) =>
        GetMethodType(signature);

    public ImmutableArray<(string Assembly, string Type)> GetGenericMethodParameter(object? genericContext, int index) => None;

    public ImmutableArray<(string Assembly, string Type)> GetGenericTypeParameter(object? genericContext, int index) => None;

    public ImmutableArray<(string Assembly, string Type)> GetPrimitiveType(PrimitiveTypeCode typeCode) => None;

    public ImmutableArray<(string Assembly, string Type)> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => None;
}
