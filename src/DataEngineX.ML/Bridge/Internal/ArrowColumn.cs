using Microsoft.ML;
using Microsoft.ML.Data;

namespace DataEngineX.ML.Internal;

/// <summary>One Arrow column as ML.NET sees it: its name, its type, and how to read it.</summary>
internal sealed class ArrowColumn(
    string name, DataViewType type, Func<ColumnReader> createReader, DataViewSchema.Annotations? annotations = null)
{
    public string Name { get; } = name;

    public DataViewType Type { get; } = type;

    public DataViewSchema.Annotations? Annotations { get; } = annotations;

    public ColumnReader CreateReader() => createReader();

    /// <summary>A column whose values are decoded a batch at a time by <paramref name="fill"/>.</summary>
    public static ArrowColumn Of<T>(string name, DataViewType type, ColumnFill<T> fill, DataViewSchema.Annotations? annotations = null)
        => new(name, type, () => new ScalarReader<T>(fill), annotations);

    /// <summary>A fixed-size vector column; <paramref name="fill"/> writes rows × size values.</summary>
    public static ArrowColumn OfVector<T>(string name, PrimitiveDataViewType item, int size, ColumnFill<T> fill)
        => new(name, new VectorDataViewType(item, size), () => new VectorReader<T>(fill, size));
}
