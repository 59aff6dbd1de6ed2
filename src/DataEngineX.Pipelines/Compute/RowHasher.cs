using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Hashes rows over several columns.</summary>
/// <remarks>
/// Equal rows hash equally: null equals null, -0.0 equals 0.0, NaN equals NaN. Hashes hold within one process version only; never
/// store them. The order of columns matters.
/// </remarks>
[Experimental("DEX0001")]
public static class RowHasher
{
    /// <summary>Hashes every row.</summary>
    /// <param name="columns">Columns of one length, borrowed; with no column every row hashes the same.</param>
    /// <param name="hashes">One hash a row; as long as the columns.</param>
    /// <exception cref="ArgumentException">A column is not as long as <paramref name="hashes"/>.</exception>
    /// <exception cref="NotSupportedException">A column's type cannot be hashed.</exception>
    public static void Hash(IReadOnlyList<IArrowArray> columns, Span<ulong> hashes)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
        {
            hashes.Fill(Hashing.Null);
            return;
        }

        for (int c = 0; c < columns.Count; c++)
        {
            ArrayData data = columns[c].Data;
            Guard.SameLength(nameof(RowHasher), hashes.Length, data.Length);
            HashColumn(data, hashes, combine: c > 0);
        }
    }

    private static void HashColumn(ArrayData data, Span<ulong> hashes, bool combine)
    {
        switch (PhysicalTypes.Of(data.DataType))
        {
            case Physical.Null:
                Fill(hashes, combine);
                break;
            case Physical.Bit:
                HashBits(data, hashes, combine);
                break;
            case Physical.Variable:
                HashBytes(data, hashes, combine);
                break;
            case Physical.Dictionary:
                HashDictionary(data, hashes, combine);
                break;
            default:
                PhysicalTypes.Dispatch<FixedAction, bool>(
                    nameof(RowHasher), data.DataType, new FixedAction { Data = data, Hashes = hashes, Combine = combine });
                break;
        }
    }

    private static void Fill(Span<ulong> hashes, bool combine)
    {
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = combine ? Hashing.Combine(hashes[i], Hashing.Null) : Hashing.Null;
        }
    }

    private static void HashBits(ArrayData data, Span<ulong> hashes, bool combine)
    {
        Bits validity = Bits.Validity(data);
        Bits values = Bits.Values(data);
        for (int i = 0; i < hashes.Length; i++)
        {
            ulong hash = validity[i] ? Hashing.Of(values[i] ? (byte)1 : (byte)0) : Hashing.Null;
            hashes[i] = combine ? Hashing.Combine(hashes[i], hash) : hash;
        }
    }

    private static void HashBytes(ArrayData data, Span<ulong> hashes, bool combine)
    {
        var column = new BytesColumn(data);
        Bits validity = column.Validity;
        for (int i = 0; i < hashes.Length; i++)
        {
            ulong hash = validity[i] ? Hashing.Of(column[i]) : Hashing.Null;
            hashes[i] = combine ? Hashing.Combine(hashes[i], hash) : hash;
        }
    }

    /// <summary>Hashes each value of the dictionary once, so that encoded and plain columns hash equally.</summary>
    private static void HashDictionary(ArrayData data, Span<ulong> hashes, bool combine)
    {
        if (((DictionaryType)data.DataType).IndexType.TypeId != ArrowTypeId.Int32)
        {
            throw Guard.Unsupported(nameof(RowHasher), data.DataType);
        }

        using var rented = new Rented<ulong>(data.Dictionary.Length);
        HashColumn(data.Dictionary, rented.Span, combine: false);
        ReadOnlySpan<ulong> words = rented.Span;
        ReadOnlySpan<int> indices = Columns.Values<int>(data);
        Bits validity = Bits.Validity(data);
        for (int i = 0; i < hashes.Length; i++)
        {
            ulong hash = validity[i] ? words[indices[i]] : Hashing.Null;
            hashes[i] = combine ? Hashing.Combine(hashes[i], hash) : hash;
        }
    }

    private ref struct FixedAction : IFixedAction<bool>
    {
        public required ArrayData Data;
        public required Span<ulong> Hashes;
        public required bool Combine;

        public readonly bool Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ReadOnlySpan<T> values = Columns.Values<T>(Data);
            Bits validity = Bits.Validity(Data);
            Span<ulong> hashes = Hashes;
            bool allSet = validity.AllSet;
            if (allSet && !Combine)
            {
                for (int i = 0; i < hashes.Length; i++)
                {
                    hashes[i] = Hashing.Of(values[i]);
                }

                return true;
            }

            for (int i = 0; i < hashes.Length; i++)
            {
                ulong hash = allSet || validity[i] ? Hashing.Of(values[i]) : Hashing.Null;
                hashes[i] = Combine ? Hashing.Combine(hashes[i], hash) : hash;
            }

            return true;
        }
    }
}
