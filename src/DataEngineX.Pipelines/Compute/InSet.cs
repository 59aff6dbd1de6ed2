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
    private readonly GroupIndex _index;
    private readonly bool _hasNull;

    private InSet(IArrowType type, GroupIndex index, bool hasNull)
    {
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
            foreach (object? value in values)
            {
                if (value is null)
                {
                    hasNull = true;
                    continue;
                }

                using IArrowArray one = Constants.Create(plain, value, 1, memory);
                index.Map([one], [0]);
            }

            return new InSet(plain, index, hasNull);
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

    /// <summary>Gives the memory of the set back.</summary>
    public void Dispose() => _index.Dispose();
}
