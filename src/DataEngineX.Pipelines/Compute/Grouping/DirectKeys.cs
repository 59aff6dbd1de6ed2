using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Numbers integer keys that lie close together by their place in an array instead of by a hash table.</summary>
internal sealed class DirectKeys(IArrowType type, MemoryAllocator allocator) : IDisposable
{
    /// <summary>A domain of so many values is always worth an array (512 KiB); a larger one has to hold a quarter as many rows.</summary>
    private const long AlwaysSmall = 1 << 17;

    private const long Largest = 1 << 24;
    private const int ValuesPerRow = 4;

    private readonly OutputBuffer<int> _numbers = new(allocator, 0);
    private long _first;
    private long _rows;
    private int _null;

    public static DirectKeys? TryCreate(IArrowType[] types, MemoryAllocator allocator) =>
        types.Length == 1 && PhysicalTypes.Of(types[0]) is >= Physical.Int8 and <= Physical.UInt64 ? new DirectKeys(types[0], allocator) : null;

    /// <summary>
    /// Numbers the keys of rows; rows with a new key are listed. Returns how many those are, or -1 if the keys lie too far apart, when nothing was done.
    /// </summary>
    public int TryMap(ArrayData data, Span<int> ids, Span<int> added, int known) => PhysicalTypes.Dispatch<MapAction, int>(
        nameof(GroupIndex), type, new MapAction { Owner = this, Data = data, Ids = ids, Added = added, Known = known });

    /// <summary>The numbers of keys, or -1 where there is no such key.</summary>
    public void Find(ArrayData data, Span<int> ids) =>
        PhysicalTypes.Dispatch<FindAction, bool>(nameof(GroupIndex), type, new FindAction { Owner = this, Data = data, Ids = ids });

    public void Dispose() => _numbers.Dispose();

    private bool Covers(long least, long greatest)
    {
        if (_numbers.Length > 0)
        {
            if (least >= _first && (ulong)greatest - (ulong)_first < (ulong)_numbers.Length)
                return true;
            least = Math.Min(least, _first);
            greatest = Math.Max(greatest, _first + _numbers.Length - 1);
        }

        var span = (ulong)greatest - (ulong)least;
        if (span >= (ulong)Math.Min(Largest, Math.Max(AlwaysSmall, ValuesPerRow * _rows)))
            return false;
        Cover(least, (int)span + 1);
        return true;
    }

    private void Cover(long first, int length)
    {
        var old = _numbers.Length;
        var moved = old == 0 ? 0 : (int)(_first - first);
        _numbers.Resize(length);
        var numbers = _numbers.Span;
        numbers[..old].CopyTo(numbers[moved..]);
        numbers[..moved].Clear();
        _first = first;
    }

    private ref struct MapAction : IFixedAction<int>
    {
        public required DirectKeys Owner;
        public required ArrayData Data;
        public required Span<int> Ids;
        public required Span<int> Added;
        public required int Known;

        public int Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var values = Columns.Values<T>(Data);
            var validity = Bits.Validity(Data);
            Owner._rows += values.Length;
            var (least, greatest) = Range(values, validity);
            if (typeof(T) == typeof(ulong) && ulong.CreateTruncating(greatest) > long.MaxValue)
                return -1;
            if (least <= greatest && !Owner.Covers(long.CreateTruncating(least), long.CreateTruncating(greatest)))
                return -1;
            return validity.AllSet ? MapAll(values) : MapNullable(values, validity);
        }

        private readonly int MapAll<T>(ReadOnlySpan<T> values)
            where T : unmanaged, INumber<T>
        {
            // No bounds checks: the range of the values was just covered.
            ref var numbers = ref MemoryMarshal.GetReference(Owner._numbers.Span);
            var first = Owner._first;
            var next = Known;
            var addedCount = 0;
            var ids = Ids[..values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                ref var number = ref Unsafe.Add(ref numbers, (nint)(long.CreateTruncating(values[i]) - first));
                if (number == 0)
                {
                    number = ++next;
                    Added[addedCount++] = i;
                }

                ids[i] = number - 1;
            }

            return addedCount;
        }

        private readonly int MapNullable<T>(ReadOnlySpan<T> values, Bits validity)
            where T : unmanaged, INumber<T>
        {
            var numbers = Owner._numbers.Span;
            var next = Known;
            var addedCount = 0;
            for (var i = 0; i < values.Length; i++)
            {
                ref var number = ref validity[i] ? ref numbers[(int)(long.CreateTruncating(values[i]) - Owner._first)] : ref Owner._null;
                if (number == 0)
                {
                    number = ++next;
                    Added[addedCount++] = i;
                }

                Ids[i] = number - 1;
            }

            return addedCount;
        }

        private static (T Least, T Greatest) Range<T>(ReadOnlySpan<T> values, Bits validity)
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            if (validity.AllSet && values.Length > 0)
                return (System.Numerics.Tensors.TensorPrimitives.Min(values), System.Numerics.Tensors.TensorPrimitives.Max(values));
            var least = T.MaxValue;
            var greatest = T.MinValue;
            for (var i = 0; i < values.Length; i++)
            {
                if (!validity[i])
                    continue;
                least = T.Min(least, values[i]);
                greatest = T.Max(greatest, values[i]);
            }

            return (least, greatest);
        }
    }

    private ref struct FindAction : IFixedAction<bool>
    {
        public required DirectKeys Owner;
        public required ArrayData Data;
        public required Span<int> Ids;

        public readonly bool Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var values = Columns.Values<T>(Data);
            var validity = Bits.Validity(Data);
            ReadOnlySpan<int> numbers = Owner._numbers.Span;
            for (var i = 0; i < values.Length; i++)
            {
                var at = unchecked(long.CreateTruncating(values[i]) - Owner._first);
                Ids[i] = !validity[i] ? Owner._null - 1 : (ulong)at < (ulong)numbers.Length ? numbers[(int)at] - 1 : -1;
            }

            return true;
        }
    }
}
