using Apache.Arrow;
using DataEngineX.Expressions;

namespace LakehouseExplorer.Output;

/// <summary>Types as people read them.</summary>
internal static class TypeNames
{
    private const string Extension = "ARROW:extension:name";

    internal static string Of(Field field) =>
        field.Metadata?.GetValueOrDefault(Extension) == "arrow.parquet.variant" ? "variant" : ArrowTypes.NameOf(field.DataType);
}
