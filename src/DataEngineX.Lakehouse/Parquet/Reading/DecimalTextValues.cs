using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Decimals stored as byte strings of any length, highest byte first.</summary>
internal sealed class DecimalTextValues(Decimal128Type type, Int128 factor, MemoryAllocator allocator) : ColumnValues
{
    private readonly TextValues _texts = new(BinaryType.Default, -1, allocator);

    internal override void LoadDictionary(PageSection values, int count) => _texts.LoadDictionary(values, count);

    internal override void LoadPage(PageEncoding encoding, PageSection values, int most) => _texts.LoadPage(encoding, values, most);

    internal override void Begin(int slots) => _texts.Begin(slots);

    internal override void Append(int slots, int valid, ReadOnlySpan<byte> bitmap, int at) => _texts.Append(slots, valid, bitmap, at);

    internal override void Skip(int valid) => _texts.Skip(valid);

    internal override ArrayData Build(int slots, int nulls, ArrowBuffer validity)
    {
        var texts = _texts.Build(slots, nulls, validity);
        try
        {
            var offsets = MemoryMarshal.Cast<byte, int>(texts.Buffers[1].Span);
            var bytes = texts.Buffers[2].Span;
            IMemoryOwner<byte>? owner = allocator.Allocate(Math.Max(64, slots * 16));
            try
            {
                var values = MemoryMarshal.Cast<byte, Int128>(owner.Memory.Span);
                for (var i = 0; i < slots; i++)
                    values[i] = checked(FixedConversions.BigEndian(bytes[offsets[i]..offsets[i + 1]]) * factor);
                return new ArrayData(type, slots, nulls, 0, [texts.Buffers[0].Retain(), Adopt.Take(ref owner)], null);
            }
            finally
            {
                owner?.Dispose();
            }
        }
        finally
        {
            texts.Dispose();
        }
    }

    public override void Dispose() => _texts.Dispose();
}
