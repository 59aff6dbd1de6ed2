using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>A column that the file does not have.</summary>
internal sealed class MissingColumn : DecodedColumn
{
    internal override void AppendNext(ColumnBuilder builder, int rows)
    {
        for (var i = 0; i < rows; i++)
            builder.AppendNull();
    }

    public override void Dispose()
    {
    }
}
