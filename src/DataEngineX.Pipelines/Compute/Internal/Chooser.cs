using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Takes each row from one of two columns, as a bit says.</summary>
internal static class Chooser
{
    /// <summary>Rows of <paramref name="first"/> where the bit is one, else of <paramref name="second"/>.</summary>
    public static IArrowArray Run(string kernel, Bits choice, ArrayData first, ArrayData second, MemoryAllocator allocator)
    {
        Guard.SameLength(kernel, choice.Length, first.Length);
        Guard.SameLength(kernel, first.Length, second.Length);
        Guard.SameType(kernel, first.DataType, second.DataType);
        switch (PhysicalTypes.Of(first.DataType))
        {
            case Physical.Null:
                return new NullArray(first.Length);
            case Physical.Bit:
                using (OutputBuffer<ulong>? validity = ChooseValidity(choice, first, second, allocator))
                using (var values = new OutputBuffer<ulong>(allocator, choice.Words))
                {
                    ChooseBits(choice, Bits.Values(first), Bits.Values(second), values.Span);
                    return Assemble.Boolean(first.Length, validity, values);
                }

            case Physical.Variable:
                return ChooseBytes(choice, first, second, allocator);
            case Physical physical when PhysicalTypes.IsFixed(physical):
                return PhysicalTypes.Dispatch<FixedAction, IArrowArray>(
                    kernel, first.DataType, new FixedAction { Choice = choice, First = first, Second = second, Allocator = allocator });
            default:
                return ChooseAny(kernel, choice, first, second, allocator);
        }
    }

    private static OutputBuffer<ulong>? ChooseValidity(Bits choice, ArrayData first, ArrayData second, MemoryAllocator allocator)
    {
        Bits left = Bits.Validity(first);
        Bits right = Bits.Validity(second);
        if (left.AllSet && right.AllSet)
        {
            return null;
        }

        var output = new OutputBuffer<ulong>(allocator, choice.Words);
        ChooseBits(choice, left, right, output.Span);
        return output;
    }

    private static void ChooseBits(Bits choice, Bits first, Bits second, Span<ulong> words)
    {
        for (int w = 0; w < words.Length; w++)
        {
            ulong bits = choice.Word(w);
            words[w] = (bits & first.Word(w)) | (~bits & second.Word(w));
        }
    }

    private static IArrowArray ChooseBytes(Bits choice, ArrayData first, ArrayData second, MemoryAllocator allocator)
    {
        var left = new BytesColumn(first);
        var right = new BytesColumn(second);
        using OutputBuffer<ulong>? validity = ChooseValidity(choice, first, second, allocator);
        using var offsets = new OutputBuffer<int>(allocator, first.Length + 1);
        Span<int> starts = offsets.Span;
        starts[0] = 0;
        for (int i = 0; i < first.Length; i++)
        {
            starts[i + 1] = checked(starts[i] + (choice[i] ? left[i].Length : right[i].Length));
        }

        using var bytes = new OutputBuffer<byte>(allocator, starts[^1]);
        Span<byte> target = bytes.Span;
        for (int i = 0; i < first.Length; i++)
        {
            (choice[i] ? left[i] : right[i]).CopyTo(target[starts[i]..]);
        }

        return Assemble.Variable(first.DataType, first.Length, validity, offsets, bytes);
    }

    /// <summary>Nested and dictionary columns: put both one after another and collect, which is rare enough for the extra copy.</summary>
    private static IArrowArray ChooseAny(string kernel, Bits choice, ArrayData first, ArrayData second, MemoryAllocator allocator)
    {
        using IArrowArray both = Joiner.Run(kernel, [first, second], allocator);
        using var rented = new Rented<int>(first.Length);
        Span<int> indices = rented.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = choice[i] ? i : first.Length + i;
        }

        return Gather.Run(kernel, both.Data, indices, allocator);
    }

    private ref struct FixedAction : IFixedAction<IArrowArray>
    {
        public required Bits Choice;
        public required ArrayData First;
        public required ArrayData Second;
        public required MemoryAllocator Allocator;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ReadOnlySpan<T> first = Columns.Values<T>(First);
            ReadOnlySpan<T> second = Columns.Values<T>(Second);
            using OutputBuffer<ulong>? validity = ChooseValidity(Choice, First, Second, Allocator);
            using var values = new OutputBuffer<T>(Allocator, First.Length);
            Span<T> target = values.Span;
            for (int w = 0; w < Choice.Words; w++)
            {
                ulong word = Choice.Word(w);
                int start = w << 6;
                int end = Math.Min(start + 64, target.Length);
                for (int i = start; i < end; i++)
                {
                    target[i] = (word & 1) != 0 ? first[i] : second[i];
                    word >>= 1;
                }
            }

            return Assemble.Fixed(First.DataType, First.Length, validity, values);
        }
    }
}
