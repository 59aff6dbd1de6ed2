using System.Numerics;
using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>What is known of the values of one key: from which range they are, so that an encoding needs few bits.</summary>
internal sealed class SortRange
{
    /// <summary>Beyond this, equal leading bytes are no longer looked for.</summary>
    private const int LongestPrefix = 4096;

    private byte[] _common = [];

    public bool HasNull { get; private set; }

    public bool HasValue { get; private set; }

    /// <summary>Least and greatest value, as an unsigned number of the same order; of fixed-width columns.</summary>
    public UInt128 Min { get; private set; } = UInt128.MaxValue;

    public UInt128 Max { get; private set; }

    /// <summary>Leading bytes that all values share; of variable-width columns.</summary>
    public int CommonBytes { get; private set; }

    public int MinBytes { get; private set; } = int.MaxValue;

    public int MaxBytes { get; private set; }

    public void Add(ArrayData data)
    {
        if (data.Length == 0)
        {
            return;
        }

        switch (PhysicalTypes.Of(data.DataType))
        {
            case Physical.Null:
                HasNull = true;
                break;
            case Physical.Dictionary:
                HasNull |= data.GetNullCount() != 0;
                Add(data.Dictionary);
                break;
            case Physical.Bit:
                HasNull |= data.GetNullCount() != 0;
                Include(0, 1);
                break;
            case Physical.Variable:
                AddBytes(new BytesColumn(data));
                break;
            default:
                PhysicalTypes.Dispatch<FixedAction, bool>(nameof(Sorting), data.DataType, new FixedAction { Data = data, Range = this });
                break;
        }
    }

    public void Add(SortRange other)
    {
        HasNull |= other.HasNull;
        if (!other.HasValue)
        {
            return;
        }

        if (other.MaxBytes > 0 || other.MinBytes != int.MaxValue)
        {
            IncludeBytes(other._common.AsSpan(0, other.CommonBytes), other.MinBytes, other.MaxBytes);
        }
        else
        {
            Include(other.Min, other.Max);
        }
    }

    private void Include(UInt128 min, UInt128 max)
    {
        HasValue = true;
        Min = UInt128.Min(Min, min);
        Max = UInt128.Max(Max, max);
    }

    private void IncludeBytes(ReadOnlySpan<byte> common, int min, int max)
    {
        if (!HasValue)
        {
            _common = common.ToArray();
            CommonBytes = common.Length;
        }
        else
        {
            CommonBytes = common.CommonPrefixLength(_common.AsSpan(0, CommonBytes));
        }

        HasValue = true;
        MinBytes = Math.Min(MinBytes, min);
        MaxBytes = Math.Max(MaxBytes, max);
    }

    private void AddBytes(BytesColumn column)
    {
        ReadOnlySpan<int> offsets = column.Offsets;
        Bits validity = column.Validity;
        int first = 0;
        while (first < offsets.Length - 1 && !validity[first])
        {
            first++;
        }

        HasNull |= !validity.AllSet;
        if (first == offsets.Length - 1)
        {
            return;
        }

        ReadOnlySpan<byte> common = column[first];
        common = common[..Math.Min(common.Length, LongestPrefix)];
        int min = int.MaxValue;
        int max = 0;
        bool allSet = validity.AllSet;
        ReadOnlySpan<byte> bytes = column.Bytes;
        for (int i = first; i < offsets.Length - 1; i++)
        {
            if (!allSet && !validity[i])
            {
                continue;
            }

            int start = offsets[i];
            int length = offsets[i + 1] - start;
            min = Math.Min(min, length);
            max = Math.Max(max, length);
            if (!bytes.Slice(start, length).StartsWith(common))
            {
                common = common[..common.CommonPrefixLength(bytes.Slice(start, length))];
            }
        }

        IncludeBytes(common, min, max);
    }

    private ref struct FixedAction : IFixedAction<bool>
    {
        public required ArrayData Data;
        public required SortRange Range;

        public readonly bool Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ReadOnlySpan<T> values = Columns.Values<T>(Data);
            Bits validity = Bits.Validity(Data);
            Range.HasNull |= !validity.AllSet;
            if (typeof(T) == typeof(Int128))
            {
                Wide(values, validity);
                return true;
            }

            ulong min = ulong.MaxValue;
            ulong max = 0;
            if (validity.AllSet)
            {
                foreach (T value in values)
                {
                    ulong key = OrderedBits.Of(value);
                    min = Math.Min(min, key);
                    max = Math.Max(max, key);
                }
            }
            else
            {
                for (int i = 0; i < values.Length; i++)
                {
                    if (validity[i])
                    {
                        ulong key = OrderedBits.Of(values[i]);
                        min = Math.Min(min, key);
                        max = Math.Max(max, key);
                    }
                }
            }

            if (min <= max)
            {
                Range.Include(min, max);
            }

            return true;
        }

        private readonly void Wide<T>(ReadOnlySpan<T> values, Bits validity)
            where T : unmanaged, INumber<T>
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (validity[i])
                {
                    UInt128 key = OrderedBits.Wide(Int128.CreateTruncating(values[i]));
                    Range.Include(key, key);
                }
            }
        }
    }
}
