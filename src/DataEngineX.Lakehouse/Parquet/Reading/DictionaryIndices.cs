using System.Numerics.Tensors;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>The indices of a page into its chunk's dictionary, checked against its size.</summary>
internal struct DictionaryIndices
{
    private HybridDecoder _runs;
    private uint _count;

    internal void Start(PageSection values, int dictionaryCount)
    {
        if (values.Length == 0)
        {
            // A page whose values are all null may have nothing at all.
            _runs.Start(values.Bytes, values.Start, 0, 1);
        }
        else
        {
            _runs.Start(values.Bytes, values.Start + 1, values.Length - 1, values.Bytes[values.Start]);
        }

        _count = (uint)dictionaryCount;
    }

    /// <summary>Indices that are the same for a run, all taken; or 0 when single ones come.</summary>
    internal int TakeRepeated(int most, out int index)
    {
        var taken = _runs.TakeRepeated(most, out var value);
        if (taken > 0 && value >= _count)
            ThrowBeyond(value);
        index = (int)value;
        return taken;
    }

    /// <summary>How many single indices can be taken before the next run.</summary>
    internal readonly int Packed => _runs.Packed;

    internal void Read(Span<uint> into)
    {
        _runs.Read(into);
        if (!into.IsEmpty && TensorPrimitives.Max<uint>(into) >= _count)
            ThrowBeyond(TensorPrimitives.Max<uint>(into));
    }

    internal void Skip(int count) => _runs.Skip(count);

    private readonly void ThrowBeyond(uint index) => Corrupt.Throw($"index {index} of a dictionary of {_count} values");
}
