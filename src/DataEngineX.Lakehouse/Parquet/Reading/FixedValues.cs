using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Values of a fixed width. <typeparamref name="T"/> stands for the width in Arrow, whatever the values mean.</summary>
/// <param name="type">The Arrow type.</param>
/// <param name="physical">How the values are stored.</param>
/// <param name="width">The bytes of a stored value.</param>
/// <param name="convert">How a stored value becomes an Arrow value; null when it is one.</param>
/// <param name="allocator">Where arrays come from.</param>
internal sealed class FixedValues<T>(IArrowType type, PhysicalType physical, int width, FixedConversion? convert, MemoryAllocator allocator) : ColumnValues
    where T : unmanaged
{
    private const int Chunk = 1024;

    private readonly PooledBytes _dictionary = new();
    private readonly PooledBytes _transcoded = new();
    private DictionaryIndices _indices;
    private int _dictionaryCount;
    private bool _isIndexed;
    private PageSection _plain;
    private IMemoryOwner<byte>? _target;

    internal override void LoadDictionary(PageSection values, int count)
    {
        if ((long)count * width > values.Length)
            Corrupt.Throw($"a dictionary of {count} values in {values.Length} bytes");
        var bytes = _dictionary.Take(count * Unsafe.SizeOf<T>());
        Convert(values.Span[..(count * width)], bytes.AsSpan(0, count * Unsafe.SizeOf<T>()), count);
        _dictionaryCount = count;
    }

    internal override void LoadPage(PageEncoding encoding, PageSection values, int most)
    {
        _isIndexed = encoding is PageEncoding.PlainDictionary or PageEncoding.RleDictionary;
        if (_isIndexed)
            _indices.Start(values, _dictionaryCount);
        else
            _plain = FixedPages.ToPlain(encoding, values, physical, width, most, _transcoded);
    }

    internal override void Begin(int slots)
    {
        _target?.Dispose();
        _target = allocator.Allocate(Math.Max(64, ((slots * Unsafe.SizeOf<T>()) + 63) & ~63));
    }

    internal override void Append(int slots, int valid, ReadOnlySpan<byte> bitmap, int at)
    {
        var target = MemoryMarshal.Cast<byte, T>(_target!.Memory.Span).Slice(at, slots);
        if (_isIndexed)
            AppendIndexed(target[..valid]);
        else
            Convert(TakePlain(valid), MemoryMarshal.AsBytes(target[..valid]), valid);
        if (valid < slots)
            Spread.InPlace(target, valid, bitmap, at);
    }

    internal override void Skip(int valid)
    {
        if (_isIndexed)
            _indices.Skip(valid);
        else
            TakePlain(valid);
    }

    internal override ArrayData Build(int slots, int nulls, ArrowBuffer validity)
    {
        var values = Adopt.Take(ref _target);
        return new ArrayData(type, slots, nulls, 0, [validity, values], null);
    }

    public override void Dispose()
    {
        _target?.Dispose();
        _target = null;
        _dictionary.Dispose();
        _transcoded.Dispose();
    }

    private void AppendIndexed(Span<T> target)
    {
        var dictionary = MemoryMarshal.Cast<byte, T>(_dictionary.Array.AsSpan());
        Span<uint> indices = stackalloc uint[Chunk];
        while (!target.IsEmpty)
        {
            var count = _indices.TakeRepeated(target.Length, out var index);
            if (count > 0)
            {
                target[..count].Fill(dictionary[index]);
            }
            else
            {
                count = Math.Min(Math.Min(Chunk, _indices.Packed), target.Length);
                _indices.Read(indices[..count]);

                // The indices were checked, so the loads need not be.
                ref var from = ref MemoryMarshal.GetReference(dictionary);
                ref var to = ref MemoryMarshal.GetReference(target);
                for (var i = 0; i < count; i++)
                    Unsafe.Add(ref to, i) = Unsafe.Add(ref from, (nint)indices[i]);
            }

            target = target[count..];
        }
    }

    private ReadOnlySpan<byte> TakePlain(int count)
    {
        var bytes = (long)count * width;
        if (bytes > _plain.Length)
            Corrupt.Throw("a page has fewer values than it says");
        var taken = _plain.Span[..(int)bytes];
        _plain = new PageSection(_plain.Bytes, _plain.Start + (int)bytes, _plain.Length - (int)bytes);
        return taken;
    }

    private void Convert(ReadOnlySpan<byte> stored, Span<byte> values, int count)
    {
        if (convert is null)
            stored.CopyTo(values);
        else
            convert(stored, values, count);
    }
}
