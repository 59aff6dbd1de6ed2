using System.Reflection;
using System.Reflection.Metadata;

namespace DataEngineX.Architecture.Tests.Checks;

/// <summary>Every type of another assembly that a public or protected signature names, with the member that names it.</summary>
public static class PublicSignatures
{
    /// <summary>The (member, assembly, type) triples of an assembly.</summary>
    public static IEnumerable<(string Member, string Assembly, string Type)> Of(AssemblyFile file)
    {
        var metadata = file.Metadata;
        var used = new UsedTypes(metadata);
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if (!IsVisible(metadata, type))
            {
                continue;
            }

            var name = FullName(metadata, type);
            foreach (var (member, assembly, usedType) in OfType(metadata, used, type, name))
            {
                yield return (member, assembly, usedType);
            }
        }
    }

    private static IEnumerable<(string Member, string Assembly, string Type)> OfType(
        MetadataReader metadata, UsedTypes used, TypeDefinition type, string name)
    {
        var bases = type.GetInterfaceImplementations().Select(i => metadata.GetInterfaceImplementation(i).Interface);
        if (!type.BaseType.IsNil)
        {
            bases = bases.Prepend(type.BaseType);
        }

        var found = bases.SelectMany(b => used.Of(b)).Concat(Constraints(metadata, used, type.GetGenericParameters()))
            .Select(t => (name, t.Assembly, t.Type));

        foreach (var handle in type.GetMethods())
        {
            var method = metadata.GetMethodDefinition(handle);
            if ((method.Attributes & MethodAttributes.MemberAccessMask) is
                MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem)
            {
                var member = $"{name}.{metadata.GetString(method.Name)}";
                found = found.Concat(used.GetMethodType(method.DecodeSignature(used, null)).Select(t => (member, t.Assembly, t.Type)))
                    .Concat(Constraints(metadata, used, method.GetGenericParameters()).Select(t => (member, t.Assembly, t.Type)));
            }
        }

        foreach (var handle in type.GetFields())
        {
            var field = metadata.GetFieldDefinition(handle);
            if ((field.Attributes & FieldAttributes.FieldAccessMask) is
                FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem)
            {
                var member = $"{name}.{metadata.GetString(field.Name)}";
                found = found.Concat(field.DecodeSignature(used, null).Select(t => (member, t.Assembly, t.Type)));
            }
        }

        // Properties and events show their types in the accessors, which are methods.
        return found;
    }

    private static IEnumerable<(string Assembly, string Type)> Constraints(
        MetadataReader metadata, UsedTypes used, GenericParameterHandleCollection parameters) =>
        parameters.SelectMany(p => metadata.GetGenericParameter(p).GetConstraints())
            .SelectMany(c => used.Of(metadata.GetGenericParameterConstraint(c).Type));

    private static bool IsVisible(MetadataReader metadata, TypeDefinition type) =>
        (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                IsVisible(metadata, metadata.GetTypeDefinition(type.GetDeclaringType())),
            _ => false,
        };

    private static string FullName(MetadataReader metadata, TypeDefinition type)
    {
        var name = metadata.GetString(type.Name);
        var outer = type.GetDeclaringType();
        return outer.IsNil
            ? $"{metadata.GetString(type.Namespace)}.{name}"
            : $"{FullName(metadata, metadata.GetTypeDefinition(outer))}.{name}";
    }
}
