using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>Marks the rows whose value is not that of the row before.</summary>
internal static class Changes
{
    public static void Mark(ArrayData data, Span<bool> starts)
    {
        Bits validity = Bits.Validity(data);
        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] |= validity[i] != validity[i - 1];
        }

        switch (PhysicalTypes.Of(data.DataType))
        {
            case Physical.Null:
                break;
            case Physical.Bit:
                Bits bits = Bits.Values(data);
                for (int i = 1; i < starts.Length; i++)
                {
                    starts[i] |= validity[i] && bits[i] != bits[i - 1];
                }

                break;
            case Physical.Variable:
                var bytes = new BytesColumn(data);
                for (int i = 1; i < starts.Length; i++)
                {
                    starts[i] |= validity[i] && !bytes[i].SequenceEqual(bytes[i - 1]);
                }

                break;
            default:
                PhysicalTypes.Dispatch<FixedAction, bool>(
                    nameof(Windows.PartitionStarts), data.DataType, new FixedAction { Data = data, Starts = starts });
                break;
        }
    }

    private ref struct FixedAction : IFixedAction<bool>
    {
        public required ArrayData Data;
        public required Span<bool> Starts;

        public readonly bool Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ReadOnlySpan<T> values = Columns.Values<T>(Data);
            Bits validity = Bits.Validity(Data);
            Span<bool> starts = Starts;
            for (int i = 1; i < starts.Length; i++)
            {
                starts[i] |= validity[i] && !Same(values[i], values[i - 1]);
            }

            return true;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool Same<T>(T left, T right)
            where T : INumber<T> => left == right || (T.IsNaN(left) && T.IsNaN(right));
    }
}
