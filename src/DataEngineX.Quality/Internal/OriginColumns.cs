using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality;

/// <summary>Reads file and line of a row where the reader added them.</summary>
internal sealed class OriginColumns
{
    private readonly int _file = -1;
    private readonly int _line = -1;

    public OriginColumns(Schema schema)
    {
        for (var i = 0; i < schema.FieldsList.Count; i++)
        {
            var field = schema.FieldsList[i];
            if (field.Name == RowOrigin.FileColumn && IsText(field.DataType))
                _file = i;
            else if (field.Name == RowOrigin.LineColumn && field.DataType.TypeId == ArrowTypeId.Int64)
                _line = i;
        }
    }

    public bool Exists => _file >= 0 || _line >= 0;

    public string? File(RuleBatch batch, int row) => _file < 0 ? null : ((StringArray)batch.Column(_file)).GetString(row);

    public long? Line(RuleBatch batch, int row) => _line < 0 ? null : ((Int64Array)batch.Column(_line)).GetValue(row);

    private static bool IsText(IArrowType type) =>
        type.TypeId == ArrowTypeId.String || (type is DictionaryType dictionary && dictionary.ValueType.TypeId == ArrowTypeId.String);
}
