using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Values behind a dictionary that are not texts: decoded first.</summary>
internal sealed class DecodedLeafValues(LeafValues values) : LeafValues
{
    internal override int Count => values.Count;

    internal override long ByteCount => values.ByteCount;

    internal override int DictionaryCount => values.DictionaryCount;

    internal override PageEncoding PlainEncoding => values.PlainEncoding;

    internal override void Begin() => values.Begin();

    internal override void AddAll(Apache.Arrow.Array array)
    {
        using var decoded = Dictionaries.Decode(array, MemoryAllocator.Default.Value);
        values.AddAll((Apache.Arrow.Array)decoded);
    }

    internal override void AddAt(Apache.Arrow.Array array, ReadOnlySpan<int> places)
    {
        using var decoded = Dictionaries.Decode(array, MemoryAllocator.Default.Value);
        values.AddAt((Apache.Arrow.Array)decoded, places);
    }

    internal override void MakeDictionary() => values.MakeDictionary();

    internal override void WriteDictionary(ByteSink sink) => values.WriteDictionary(sink);

    internal override void WriteValues(ByteSink sink, int first, int count) => values.WriteValues(sink, first, count);

    internal override StoredRange? BoundsOf(int first, int count) => values.BoundsOf(first, count);

    internal override StoredRange? GroupBounds() => values.GroupBounds();

    internal override (object? Min, object? Max) FileBounds() => values.FileBounds();

    public override void Dispose() => values.Dispose();
}
