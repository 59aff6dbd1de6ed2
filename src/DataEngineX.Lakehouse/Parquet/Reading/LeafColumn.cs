using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>One stored column below a nested one, decoded whole: its levels and the array of its slots.</summary>
internal sealed class LeafColumn : IDisposable
{
    private readonly PooledBytes _bitmap = new();

    internal LeafLevels Levels { get; } = new();

    /// <summary>The values, one slot for each entry that its list or struct has; taken once.</summary>
    internal ArrayData? Array { get; private set; }

    internal void Read(PageReader pages, ColumnValues values, FileColumn leaf, ColumnChunk chunk, MemoryAllocator allocator)
    {
        // The slots are counted before the values, as the array is made in one piece; what a damaged footer says is not believed.
        var most = pages.CountValues();
        if (most != chunk.ValueCount)
            Corrupt.Throw($"its pages have {most} entries where its footer says {chunk.ValueCount}");
        if (pages.TryReadDictionary())
            values.LoadDictionary(pages.Values, pages.Header.ValueCount);
        values.Begin((int)most);
        var bitmap = _bitmap.Take((int)((most + 7) / 8));
        int skip = 0, slots = 0, nulls = 0;
        while (pages.MoveNext(ref skip))
        {
            var first = Levels.Count;
            Levels.Add(pages, leaf.Definition, leaf.Repetition);
            var levels = Levels.Definitions[first..];
            int valid = 0, count = 0;
            foreach (var level in levels)
            {
                if (level < leaf.SlotDefinition)
                    continue;
                var isValid = level == leaf.Definition;
                Bitmaps.Put(bitmap, slots + count++, isValid);
                valid += isValid ? 1 : 0;
            }

            values.LoadPage(pages.Header.Encoding, pages.Values, levels.Length);
            values.Append(count, valid, bitmap, slots);
            slots += count;
            nulls += count - valid;
        }

        Array = values.Build(slots, nulls, nulls == 0 ? ArrowBuffer.Empty : BitBuffer.Of(bitmap, slots, allocator));
    }

    internal ArrayData TakeArray()
    {
        var array = Array;
        Array = null;
        return array ?? throw new InvalidOperationException("The values were taken already.");
    }

    public void Dispose()
    {
        Array?.Dispose();
        Array = null;
        Levels.Dispose();
        _bitmap.Dispose();
    }
}
