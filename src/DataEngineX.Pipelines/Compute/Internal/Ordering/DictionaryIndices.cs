using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Reads where the rows of a dictionary column point.</summary>
internal static class DictionaryIndices
{
    /// <summary>Writes the place of each row in the dictionary; -1 for a null row.</summary>
    public static void Read(ArrayData data, Span<int> target)
    {
        IArrowType index = ((DictionaryType)data.DataType).IndexType;
        PhysicalTypes.Dispatch<ReadAction, bool>(nameof(Sorting), index, new ReadAction { Data = data, Target = target });
    }

    private ref struct ReadAction : IFixedAction<bool>
    {
        public required ArrayData Data;
        public required Span<int> Target;

        public readonly bool Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ReadOnlySpan<T> indices = Columns.Values<T>(Data);
            Bits validity = Bits.Validity(Data);
            Span<int> target = Target;
            for (int i = 0; i < indices.Length; i++)
            {
                target[i] = validity[i] ? int.CreateTruncating(indices[i]) : -1;
            }

            return true;
        }
    }
}
