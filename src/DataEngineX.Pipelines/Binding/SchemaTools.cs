using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Look-ups in schemas, with errors that name what is there.</summary>
internal static class SchemaTools
{
    public static int Ordinal(Schema schema, string column, string? @operator = null)
    {
        for (var i = 0; i < schema.FieldsList.Count; i++)
        {
            if (string.Equals(schema.FieldsList[i].Name, column, StringComparison.Ordinal))
                return i;
        }

        throw new PlanException($"There is no column '{column}'; the columns are {Names(schema)}.", @operator, column);
    }

    public static string Names(Schema schema) => string.Join(", ", schema.FieldsList.Select(f => f.Name));

    public static Schema Project(Schema schema, IReadOnlyList<string>? columns, string @operator) => columns is null
        ? schema
        : new Schema(columns.Select(c => schema.FieldsList[Ordinal(schema, c, @operator)]), schema.Metadata);

    /// <summary>The same columns, those named as indices into a dictionary of their values.</summary>
    public static Schema WithDictionaries(Schema schema, IReadOnlyList<string> columns) => columns.Count == 0
        ? schema
        : new Schema(schema.FieldsList.Select(f => columns.Contains(f.Name)
            ? new Field(f.Name, new DictionaryType(Int32Type.Default, f.DataType, false), f.IsNullable, f.Metadata)
            : f), schema.Metadata);

    public static string Describe(Schema schema) =>
        string.Join(", ", schema.FieldsList.Select(f => $"{f.Name} {ArrowTypes.NameOf(f.DataType)}{(f.IsNullable ? "" : " not null")}"));

    public static bool IsNumeric(IArrowType type) => IsInteger(type) || IsFloating(type);

    public static bool IsInteger(IArrowType type) => type.TypeId is >= ArrowTypeId.UInt8 and <= ArrowTypeId.Int64;

    public static bool IsFloating(IArrowType type) => type.TypeId is ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double;

    public static bool IsText(IArrowType type) => type.TypeId == ArrowTypeId.String;

    public static bool IsTime(IArrowType type) => type.TypeId is ArrowTypeId.Date32 or ArrowTypeId.Timestamp;
}
