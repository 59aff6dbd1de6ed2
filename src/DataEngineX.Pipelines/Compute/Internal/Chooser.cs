using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Takes each row from one of several columns, as disjoint masks say.</summary>
internal static class Chooser
{
    /// <summary>Rows of each branch where its mask is set.</summary>
    /// <param name="kernel">The caller's name, for messages.</param>
    /// <param name="length">Rows of the result.</param>
    /// <param name="masks">One bitmap a branch, one after another; every row is in exactly one, and bits past the end are zero.</param>
    /// <param name="branches">Columns of one type: of all rows, or of one row that stands for all.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    public static IArrowArray Merge(string kernel, int length, ReadOnlySpan<ulong> masks, ReadOnlySpan<ArrayData> branches, MemoryAllocator allocator)
    {
        foreach (ArrayData branch in branches)
        {
            Guard.SameType(kernel, branches[0].DataType, branch.DataType);
            if (branch.Length != 1)
            {
                Guard.SameLength(kernel, length, branch.Length);
            }
        }

        switch (PhysicalTypes.Of(branches[0].DataType))
        {
            case Physical.Null:
                return new NullArray(length);
            case Physical.Bit:
                using (OutputBuffer<ulong>? validity = MergeValidity(length, masks, branches, allocator))
                using (OutputBuffer<ulong> values = Validity.Empty(length, allocator))
                {
                    for (int b = 0; b < branches.Length; b++)
                    {
                        Add(Spread(Bits.Values(branches[b]), length), Mask(masks, b, length), values.Span);
                    }

                    return Assemble.Boolean(length, validity, values);
                }

            case Physical.Variable:
                return MergeBytes(length, masks, branches, allocator);
            case Physical physical when PhysicalTypes.IsFixed(physical):
                return PhysicalTypes.Dispatch<FixedAction, IArrowArray>(
                    kernel, branches[0].DataType, new FixedAction { Length = length, Masks = masks, Branches = branches, Allocator = allocator });
            default:
                return MergeAny(kernel, length, masks, branches, allocator);
        }
    }

    public static ReadOnlySpan<ulong> Mask(ReadOnlySpan<ulong> masks, int branch, int length)
    {
        int words = Bits.WordsFor(length);
        return masks.Slice(branch * words, words);
    }

    /// <summary>The bits of a branch; the one bit of a one-row branch for every row.</summary>
    private static Bits Spread(Bits bits, int length) =>
        bits.Length == length ? bits : bits[0] ? Bits.Ones(length) : Bits.Zeros(length);

    private static void Add(Bits bits, ReadOnlySpan<ulong> mask, Span<ulong> words)
    {
        for (int w = 0; w < words.Length; w++)
        {
            words[w] |= mask[w] & bits.Word(w);
        }
    }

    private static OutputBuffer<ulong>? MergeValidity(int length, ReadOnlySpan<ulong> masks, ReadOnlySpan<ArrayData> branches, MemoryAllocator allocator)
    {
        bool anyNull = false;
        foreach (ArrayData branch in branches)
        {
            anyNull |= !Bits.Validity(branch).AllSet;
        }

        if (!anyNull)
        {
            return null;
        }

        OutputBuffer<ulong> output = Validity.Empty(length, allocator);
        for (int b = 0; b < branches.Length; b++)
        {
            Add(Spread(Bits.Validity(branches[b]), length), Mask(masks, b, length), output.Span);
        }

        return output;
    }

    private static IArrowArray MergeBytes(int length, ReadOnlySpan<ulong> masks, ReadOnlySpan<ArrayData> branches, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong>? validity = MergeValidity(length, masks, branches, allocator);
        using var offsets = new OutputBuffer<int>(allocator, length + 1, clear: true);
        Span<int> starts = offsets.Span;
        for (int b = 0; b < branches.Length; b++)
        {
            var column = new BytesColumn(branches[b]);
            Bits valid = column.Validity;
            int step = branches[b].Length == length ? 1 : 0;
            foreach (int row in new SetBits(Mask(masks, b, length)))
            {
                starts[row + 1] = valid[row * step] ? column[row * step].Length : 0;
            }
        }

        long end = 0;
        for (int i = 1; i < starts.Length; i++)
        {
            end += starts[i];
            starts[i] = end <= int.MaxValue
                ? (int)end
                : throw new OverflowException("The chosen values take more than Arrow's 2 GiB limit; use smaller batches.");
        }

        using var bytes = new OutputBuffer<byte>(allocator, starts[^1]);
        Span<byte> target = bytes.Span;
        for (int b = 0; b < branches.Length; b++)
        {
            var column = new BytesColumn(branches[b]);
            int step = branches[b].Length == length ? 1 : 0;
            foreach (int row in new SetBits(Mask(masks, b, length)))
            {
                int size = starts[row + 1] - starts[row];
                if (size != 0)
                {
                    column[row * step].CopyTo(target[starts[row]..]);
                }
            }
        }

        return Assemble.Variable(branches[0].DataType, length, validity, offsets, bytes);
    }

    /// <summary>Nested and dictionary columns: put all one after another and collect, which is rare enough for the extra copy.</summary>
    private static IArrowArray MergeAny(string kernel, int length, ReadOnlySpan<ulong> masks, ReadOnlySpan<ArrayData> branches, MemoryAllocator allocator)
    {
        using IArrowArray all = Joiner.Run(kernel, branches, allocator);
        using var rented = new Rented<int>(length);
        Span<int> indices = rented.Span;
        int before = 0;
        for (int b = 0; b < branches.Length; b++)
        {
            int step = branches[b].Length == length ? 1 : 0;
            foreach (int row in new SetBits(Mask(masks, b, length)))
            {
                indices[row] = before + (row * step);
            }

            before += branches[b].Length;
        }

        return Gather.Run(kernel, all.Data, indices, allocator);
    }

    private ref struct FixedAction : IFixedAction<IArrowArray>
    {
        public required int Length;
        public required ReadOnlySpan<ulong> Masks;
        public required ReadOnlySpan<ArrayData> Branches;
        public required MemoryAllocator Allocator;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using OutputBuffer<ulong>? validity = MergeValidity(Length, Masks, Branches, Allocator);
            using var values = new OutputBuffer<T>(Allocator, Length);
            Span<T> target = values.Span;

            // The last branch is laid down whole, the others over it: rows of one branch need no test.
            Lay<T>(Branches[^1], target);
            for (int b = 0; b < Branches.Length - 1; b++)
            {
                Merge(Columns.Values<T>(Branches[b]), Mask(Masks, b, Length), target);
            }

            return Assemble.Fixed(Branches[0].DataType, Length, validity, values);
        }

        private static void Lay<T>(ArrayData branch, Span<T> target)
            where T : unmanaged
        {
            ReadOnlySpan<T> source = Columns.Values<T>(branch);
            if (source.Length == target.Length)
            {
                source.CopyTo(target);
            }
            else
            {
                target.Fill(source[0]);
            }
        }

        private static void Merge<T>(ReadOnlySpan<T> source, ReadOnlySpan<ulong> mask, Span<T> target)
            where T : unmanaged
        {
            bool isScalar = source.Length != target.Length;
            for (int w = 0; w < mask.Length; w++)
            {
                ulong word = mask[w];
                if (word == 0)
                {
                    continue;
                }

                Span<T> block = target[(w << 6)..Math.Min((w << 6) + 64, target.Length)];
                if (isScalar)
                {
                    T value = source[0];
                    for (int i = 0; i < block.Length; i++)
                    {
                        block[i] = ((word >> i) & 1) != 0 ? value : block[i];
                    }

                    continue;
                }

                ReadOnlySpan<T> from = source.Slice(w << 6, block.Length);
                for (int i = 0; i < block.Length; i++)
                {
                    block[i] = ((word >> i) & 1) != 0 ? from[i] : block[i];
                }
            }
        }
    }
}
