using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>A column that has no values but null.</summary>
internal sealed class NullValues : ColumnValues
{
    internal override void LoadDictionary(PageSection values, int count)
    {
    }

    internal override void LoadPage(PageEncoding encoding, PageSection values, int most)
    {
    }

    internal override void Begin(int slots)
    {
    }

    internal override void Append(int slots, int valid, ReadOnlySpan<byte> bitmap, int at)
    {
        if (valid > 0)
            Corrupt.Throw("a column of nulls has a value");
    }

    internal override void Skip(int valid)
    {
    }

    internal override ArrayData Build(int slots, int nulls, ArrowBuffer validity)
    {
        validity.Dispose();
        return new ArrayData(NullType.Default, slots, slots, 0, [], null);
    }

    public override void Dispose()
    {
    }
}
