using Apache.Arrow;
using DataEngineX.Expressions;

namespace DataEngineX.AspNetCore;

/// <summary>A column.</summary>
internal sealed record ColumnDto(string Name, string Type, bool Nullable)
{
    public static IReadOnlyList<ColumnDto> Of(Schema schema) =>
        [.. schema.FieldsList.Select(f => new ColumnDto(f.Name, ArrowTypes.NameOf(f.DataType), f.IsNullable))];
}
