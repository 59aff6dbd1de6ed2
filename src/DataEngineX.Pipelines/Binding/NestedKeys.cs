using Apache.Arrow.Types;

namespace DataEngineX.Pipelines;

/// <summary>Lists and structs are no keys: what to write instead.</summary>
internal static class NestedKeys
{
    public static bool Is(IArrowType type) => TypeRules.Plain(type) is NestedType;

    public static string Advice(IArrowType type) => TypeRules.Plain(type) switch
    {
        ListType => "use an item of it, as in Col(\"x\").ElementAt(0), or make a row of each item with Explode before.",
        StructType => "use its fields, as in Col(\"x\").Field(\"a\").",
        _ => "cast it to a type of which there are keys.",
    };
}
