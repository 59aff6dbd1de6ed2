using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// Collects rows of a dictionary column. Chunks that share one dictionary keep it; otherwise the dictionaries of the chunks that the rows are
/// of are put one after another, and indices moved.
/// </summary>
internal static class DictionaryGather
{
    public static IArrowArray Take(RowChunks chunks, int column, ReadOnlySpan<uint> rows, MemoryAllocator allocator)
    {
        ChunkColumn source = chunks.Column(column);
        var used = new SortedSet<int>();
        int last = -1;
        foreach (uint row in rows)
        {
            int chunk = (int)(row >> 16);
            if (chunk != last)
            {
                used.Add(chunk);
                last = chunk;
            }
        }

        var offsets = new int[chunks.Count];
        var dictionaries = new List<ArrayData>();
        var known = new Dictionary<(nint, int, int), int>();
        int total = 0;
        foreach (int chunk in used)
        {
            ArrayData dictionary = chunks.Data(chunk, column).Dictionary;
            var identity = (source.Dictionary!.Values[chunk], dictionary.Offset, dictionary.Length);
            if (!known.TryGetValue(identity, out offsets[chunk]))
            {
                known[identity] = offsets[chunk] = total;
                dictionaries.Add(dictionary);
                total = checked(total + dictionary.Length);
            }
        }

        ArrayData merged = dictionaries.Count switch
        {
            0 => chunks.Data(0, column).Dictionary.Retain(),
            1 => dictionaries[0].Retain(),
            _ => Joiner.Run(nameof(Sorting), [.. dictionaries], allocator).Data,
        };
        try
        {
            return PhysicalTypes.Dispatch<IndexAction, IArrowArray>(
                nameof(Sorting),
                ((DictionaryType)source.Type).IndexType,
                new IndexAction { Column = source, Rows = rows, Offsets = offsets, Dictionary = merged, Allocator = allocator });
        }
        catch
        {
            merged.Dispose();
            throw;
        }
    }

    private ref struct IndexAction : IFixedAction<IArrowArray>
    {
        public required ChunkColumn Column;
        public required ReadOnlySpan<uint> Rows;
        public required int[] Offsets;
        public required ArrayData Dictionary;
        public required MemoryAllocator Allocator;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            if (Dictionary.Length > 0 && ulong.CreateTruncating(T.MaxValue) < (ulong)Dictionary.Length - 1)
            {
                throw new OverflowException(
                    $"The dictionaries of the rows have {Dictionary.Length} values, more than indices of {Guard.Name(Column.Type)} can count; cast the column to its value type.");
            }

            using OutputBuffer<ulong>? validity = RowGather.TakeValidity(Column, Rows, Allocator);
            using var values = new OutputBuffer<T>(Allocator, Rows.Length);
            Span<T> target = values.Span;
            RowGather.Copy(Column, Rows, target);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] += T.CreateTruncating(Offsets[Rows[i] >> 16]);
            }

            ArrayData indices = Assemble.Fixed(((DictionaryType)Column.Type).IndexType, Rows.Length, validity, values).Data;
            return new DictionaryArray(new ArrayData(Column.Type, indices.Length, indices.NullCount, 0, indices.Buffers, null, Dictionary));
        }
    }
}
