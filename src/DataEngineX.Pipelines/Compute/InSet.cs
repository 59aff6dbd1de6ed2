using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Membership of a fixed set of literals, built once and asked for many batches.</summary>
/// <remarks>
/// SQL's IN: a null row gives null; so does a row that is not found where the set holds a null. Works on bool, numbers, dates,
/// timestamps, decimals, utf8 and binary. Reading is thread-safe.
/// </remarks>
[Experimental("DEX0001")]
public sealed class InSet : IDisposable
{
    /// <summary>Up to so many numbers are compared one after another, a vector of rows at a time, which is faster than asking a hash table.</summary>
    private const int Few = 16;

    private readonly GroupIndex _index;
    private readonly IReadOnlyList<object>? _few;
    private readonly bool _hasNull;

    private InSet(IArrowType type, GroupIndex index, bool hasNull, IReadOnlyList<object>? few)
    {
        _few = few;
        Type = type;
        _index = index;
        _hasNull = hasNull;
    }

    /// <summary>The type of the columns that can be asked about.</summary>
    public IArrowType Type { get; }

    /// <summary>Builds a set.</summary>
    /// <param name="type">The type of the columns that will be asked about.</param>
    /// <param name="values">CLR values of the type, and null.</param>
    /// <param name="allocator">Where the set is allocated; the default allocator of Arrow if null.</param>
    /// <returns>The set; dispose it when done.</returns>
    /// <exception cref="ArgumentException">A value is not one of the type.</exception>
    /// <exception cref="NotSupportedException">Sets of the type are not supported.</exception>
    public static InSet Create(IArrowType type, IEnumerable<object?> values, MemoryAllocator? allocator = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(values);
        MemoryAllocator memory = allocator ?? MemoryAllocator.Default.Value;
        IArrowType plain = type is DictionaryType dictionary ? dictionary.ValueType : type;
        var index = new GroupIndex([plain], memory);
        try
        {
            bool hasNull = false;
            var known = new List<object>();
            foreach (object? value in values)
            {
                if (value is null)
                {
                    hasNull = true;
                    continue;
                }

                using IArrowArray one = Constants.Create(plain, value, 1, memory);
                index.Map([one], [0]);
                if (known.Count <= Few)
                {
                    known.Add(value);
                }
            }

            // Floats have a NaN and two zeros, which the table knows about.
            bool isFew = known.Count <= Few && PhysicalTypes.IsFixed(PhysicalTypes.Of(plain)) && !PhysicalTypes.IsFloating(plain);
            return new InSet(plain, index, hasNull, isFew ? known : null);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>Whether each row's value is in the set.</summary>
    /// <param name="array">A column of <see cref="Type"/>, borrowed.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One boolean a row, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The column is of another type.</exception>
    public BooleanArray Evaluate(IArrowArray array, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        using IArrowArray plain = Dictionaries.Decode(array, allocator);
        if (_few is not null)
        {
            return Compare(plain.Data, _few, allocator);
        }

        using var rented = new Rented<int>(plain.Length);
        _index.Find([plain], rented.Span);
        ReadOnlySpan<int> ids = rented.Span;
        using OutputBuffer<ulong> validity = Validity.Empty(plain.Length, allocator);
        using OutputBuffer<ulong> values = Validity.Empty(plain.Length, allocator);
        Bits valid = Bits.Validity(plain.Data);
        Span<ulong> valueWords = values.Span;
        Span<ulong> validWords = validity.Span;
        for (int i = 0; i < ids.Length; i++)
        {
            bool found = ids[i] >= 0 && valid[i];
            valueWords[i >> 6] |= (found ? 1UL : 0) << (i & 63);
            validWords[i >> 6] |= (found || (valid[i] && !_hasNull) ? 1UL : 0) << (i & 63);
        }

        return Assemble.Boolean(plain.Length, validity, values);
    }

    private BooleanArray Compare(ArrayData data, IReadOnlyList<object> literals, MemoryAllocator allocator)
    {
        using OutputBuffer<ulong> values = Validity.Empty(data.Length, allocator);
        PhysicalTypes.Dispatch<CompareAction, bool>(nameof(InSet), data.DataType, new CompareAction { Data = data, Literals = literals, Words = values.Span });
        if (!_hasNull)
        {
            using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(data), allocator);
            return Assemble.Boolean(data.Length, validity, values);
        }

        // Found is true, all else is unknown.
        using OutputBuffer<ulong>? found = Validity.And(Bits.Of(values.Span, data.Length), Bits.Validity(data), allocator);
        return Assemble.Boolean(data.Length, found, values);
    }

    private ref struct CompareAction : IFixedAction<bool>
    {
        public required ArrayData Data;
        public required IReadOnlyList<object> Literals;
        public required Span<ulong> Words;

        public readonly bool Run<T>()
            where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T>
        {
            ReadOnlySpan<T> source = Columns.Values<T>(Data);
            Span<ulong> words = Words;
            using var rented = new Rented<ulong>(words.Length);
            Span<ulong> matched = rented.Span;
            foreach (object literal in Literals)
            {
                ComparisonLoops.Scalar<T, EqualOp>(source, Compute.Literals.Fixed<T>(literal, Data.DataType), matched);
                for (int w = 0; w < words.Length; w++)
                {
                    words[w] |= matched[w];
                }
            }

            return true;
        }
    }

    /// <summary>Gives the memory of the set back.</summary>
    public void Dispose() => _index.Dispose();
}
