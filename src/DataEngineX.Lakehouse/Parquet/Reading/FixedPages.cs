using System.Runtime.InteropServices;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Brings pages of fixed-width values into the plain form, values one after another.</summary>
internal static class FixedPages
{
    internal static PageSection ToPlain(PageEncoding encoding, PageSection values, PhysicalType physical, int width, int most, PooledBytes scratch)
    {
        switch (encoding)
        {
            case PageEncoding.Plain:
                return values;
            case PageEncoding.ByteStreamSplit:
                return JoinStreams(values, width, scratch);
            case PageEncoding.DeltaBinaryPacked when physical is PhysicalType.Int32 or PhysicalType.Int64:
                var bytes = scratch.Take(checked(most * width));
                var delta = new DeltaReader(values.Span);
                var count = physical == PhysicalType.Int32
                    ? delta.Read(MemoryMarshal.Cast<byte, int>(bytes.AsSpan(0, most * width)))
                    : delta.Read(MemoryMarshal.Cast<byte, long>(bytes.AsSpan(0, most * width)));
                return new PageSection(bytes, 0, count * width);
            case PageEncoding.DeltaByteArray when physical == PhysicalType.FixedLenByteArray:
                return Cut(values, width, most, scratch);
            default:
                throw new InvalidDataException($"values of type {physical} in encoding {(int)encoding} are not read");
        }
    }

    /// <summary>The first bytes of all values, then the second ones, and so on.</summary>
    internal static PageSection JoinStreams(PageSection values, int width, PooledBytes scratch)
    {
        if (width == 0 || values.Length % width != 0)
            Corrupt.Throw($"a page of {values.Length} bytes of values of {width} bytes");
        var count = values.Length / width;
        var bytes = scratch.Take(values.Length);
        var source = values.Span;
        if (width == 8)
        {
            var words = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(0, values.Length));
            for (var i = 0; i < count; i++)
            {
                ulong word = 0;
                for (var b = 0; b < 8; b++)
                    word |= (ulong)source[(b * count) + i] << (8 * b);
                words[i] = word;
            }
        }
        else
        {
            for (var b = 0; b < width; b++)
            {
                var stream = source.Slice(b * count, count);
                for (var i = 0; i < count; i++)
                    bytes[(i * width) + b] = stream[i];
            }
        }

        return new PageSection(bytes, 0, values.Length);
    }

    private static PageSection Cut(PageSection values, int width, int most, PooledBytes scratch)
    {
        using var texts = new TextPages();
        texts.LoadDelta(PageEncoding.DeltaByteArray, values, most);
        if (texts.Count > 0 && (texts.ByteCount != (long)texts.Count * width))
            Corrupt.Throw($"values of other lengths than {width}");
        var bytes = scratch.Take(texts.ByteCount);
        texts.Bytes.CopyTo(bytes);
        return new PageSection(bytes, 0, texts.ByteCount);
    }
}
