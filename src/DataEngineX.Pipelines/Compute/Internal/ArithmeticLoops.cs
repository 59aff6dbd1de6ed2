using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>The loops of <see cref="Arithmetic"/>; a missing side is a literal.</summary>
internal static class ArithmeticLoops
{
    public static IArrowArray Integers<T, TOp>(Operands operands, MemoryAllocator allocator)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TOp : struct, IIntegerOp
    {
        Side<T> left = operands.Left<T>();
        Side<T> right = operands.Right<T>();
        using var values = new OutputBuffer<T>(allocator, operands.Length);
        bool clean = Fill<T, TOp>(left, right, values.Span);
        OutputBuffer<ulong>? validity = operands.Validity(allocator);
        try
        {
            if (!clean)
            {
                validity = Settle<T, TOp>(operands, left, right, validity, allocator);
            }

            return Assemble.Fixed(operands.Type, operands.Length, validity, values);
        }
        finally
        {
            validity?.Dispose();
        }
    }

    public static IArrowArray Floats<T, TOp>(Operands operands, MemoryAllocator allocator)
        where T : unmanaged, INumber<T>, IFloatingPoint<T>
        where TOp : struct, IFloatOp
    {
        Side<T> left = operands.Left<T>();
        Side<T> right = operands.Right<T>();
        using var values = new OutputBuffer<T>(allocator, operands.Length);
        if (left.IsScalar)
        {
            TOp.ScalarLeft(left.Values[0], right.Values, values.Span);
        }
        else if (right.IsScalar)
        {
            TOp.ScalarRight(left.Values, right.Values[0], values.Span);
        }
        else
        {
            TOp.Arrays(left.Values, right.Values, values.Span);
        }

        using OutputBuffer<ulong>? validity = operands.Validity(allocator);
        return Assemble.Fixed(operands.Type, operands.Length, validity, values);
    }

    /// <summary>Computes every row, those under nulls too, and tells whether all came out fine.</summary>
    private static bool Fill<T, TOp>(Side<T> left, Side<T> right, Span<T> target)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TOp : struct, IIntegerOp
    {
        if (ArithmeticVectors.TryFill<T, TOp>(left.Values, right.Values, target, out bool clean))
        {
            return clean;
        }

        clean = true;
        if (right.IsScalar)
        {
            T scalar = right.Values[0];
            ReadOnlySpan<T> l = left.Values;
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = TOp.Invoke(l[i], scalar, out IntegerOutcome outcome);
                clean &= outcome == IntegerOutcome.Fine;
            }

            return clean;
        }

        for (int i = 0; i < target.Length; i++)
        {
            target[i] = TOp.Invoke(left.At(i), right.At(i), out IntegerOutcome outcome);
            clean &= outcome == IntegerOutcome.Fine;
        }

        return clean;
    }

    /// <summary>Turns zero divisors into nulls and refuses overflows, looking only at rows that have values.</summary>
    private static OutputBuffer<ulong>? Settle<T, TOp>(
        Operands operands, Side<T> left, Side<T> right, OutputBuffer<ulong>? validity, MemoryAllocator allocator)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TOp : struct, IIntegerOp
    {
        OutputBuffer<ulong> bitmap = validity ?? Validity.Copy(Bits.Zeros(operands.Length), allocator)!;
        Span<ulong> words = bitmap.Span;
        if (validity is null)
        {
            Validity.CopyTo(Bits.Ones(operands.Length), words);
        }

        for (int i = 0; i < operands.Length; i++)
        {
            if (((words[i >> 6] >> (i & 63)) & 1) == 0)
            {
                continue;
            }

            TOp.Invoke(left.At(i), right.At(i), out IntegerOutcome outcome);
            if (outcome == IntegerOutcome.ZeroDivisor)
            {
                Validity.Clear(words, i);
            }
            else if (outcome == IntegerOutcome.Overflow)
            {
                string message = $"{operands.Operator} of {left.At(i)} and {right.At(i)} in row {i} does not fit {Guard.Name(operands.Type)}; "
                    + "cast to a wider type first.";
                bitmap.Dispose();
                throw new OverflowException(message);
            }
        }

        return bitmap;
    }

    /// <summary>A column or one literal for every row.</summary>
    internal readonly ref struct Side<T>(ReadOnlySpan<T> values, bool isScalar)
        where T : unmanaged
    {
        public ReadOnlySpan<T> Values { get; } = values;

        public bool IsScalar { get; } = isScalar;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T At(int index) => Values[IsScalar ? 0 : index];
    }

    /// <summary>Both sides before their type is known; one of them may be a literal.</summary>
    internal readonly struct Operands
    {
        public required ArithmeticOperator Operator { get; init; }

        public required ArrayData? LeftData { get; init; }

        public required ArrayData? RightData { get; init; }

        public object? Literal { get; init; }

        public IArrowType Type => (LeftData ?? RightData)!.DataType;

        public int Length => (LeftData ?? RightData)!.Length;

        public Side<T> Left<T>()
            where T : unmanaged, INumber<T> => For<T>(LeftData);

        public Side<T> Right<T>()
            where T : unmanaged, INumber<T> => For<T>(RightData);

        public OutputBuffer<ulong>? Validity(MemoryAllocator allocator) => Compute.Validity.And(
            LeftData is null ? Bits.Ones(Length) : Bits.Validity(LeftData),
            RightData is null ? Bits.Ones(Length) : Bits.Validity(RightData),
            allocator);

        private Side<T> For<T>(ArrayData? data)
            where T : unmanaged, INumber<T> => data is null
                ? new Side<T>(new[] { Literals.Fixed<T>(Literal!, Type) }, isScalar: true)
                : new Side<T>(Columns.Values<T>(data), isScalar: false);
    }
}
