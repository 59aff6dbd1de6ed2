using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Reads the rows that a deletion vector takes from its file.</summary>
internal static class DeletionVectors
{
    private const int UuidDigits = 20;
    private const byte FileVersion = 1;

    /// <summary>Before room is made for so many bytes, it is asked whether they are there.</summary>
    private const int Large = 1 << 24;

    /// <summary>The rows.</summary>
    /// <exception cref="DataEngineXException">The vector is missing, damaged, or of a kind that is not known.</exception>
    internal static async ValueTask<RowSet> ReadAsync(
        IObjectStore store, string folder, string file, DeletionVectorSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            var rows = RoaringBitmaps.Read(spec.StorageType == "i"
                ? Inline(spec)
                : await LoadAsync(store, Key(store, folder, spec), spec, cancellationToken).ConfigureAwait(false));
            return rows.Count == spec.Cardinality
                ? rows
                : throw new FormatException($"it has {rows.Count} rows where the log says {spec.Cardinality}");
        }
        catch (Exception e) when (e is FormatException or ObjectNotFoundException)
        {
            throw new DataEngineXException($"The deletion vector {spec.StorageType}:{spec.PathOrInlineDv} of {folder}/{file} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The key of the file that holds a vector.</summary>
    internal static string Key(IObjectStore store, string folder, DeletionVectorSpec spec) => spec.StorageType switch
    {
        "u" => DeltaPaths.ToKey(store, folder, RelativePath(spec.PathOrInlineDv)),
        "p" => DeltaPaths.ToKey(store, folder, DeltaPaths.Decode(spec.PathOrInlineDv)),
        _ => throw new FormatException($"its kind '{spec.StorageType}' is not known"),
    };

    internal static string RelativePath(string text)
    {
        if (text.Length < UuidDigits)
            throw new FormatException("its name is too short");
        var prefix = text[..^UuidDigits];
        var name = $"deletion_vector_{new Guid(Z85.Decode(text.AsSpan(text.Length - UuidDigits)), bigEndian: true)}.bin";
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    private static byte[] Inline(DeletionVectorSpec spec)
    {
        var bytes = Z85.Decode(spec.PathOrInlineDv);
        return spec.SizeInBytes >= 0 && spec.SizeInBytes <= bytes.Length
            ? bytes[..spec.SizeInBytes]
            : throw new FormatException($"it has {bytes.Length} bytes where the log says {spec.SizeInBytes}");
    }

    private static async ValueTask<byte[]> LoadAsync(IObjectStore store, string key, DeletionVectorSpec spec, CancellationToken cancellationToken)
    {
        var version = new byte[1];
        if (await store.ReadRangeAsync(key, 0, version, cancellationToken).ConfigureAwait(false) != 1 || version[0] != FileVersion)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{key} is of version {version[0]} where {FileVersion} is known"));
        if (spec.SizeInBytes < 0 || spec.Offset < 0)
            throw new FormatException($"the log says that it has {spec.SizeInBytes} bytes from {spec.Offset ?? 0} on");
        if (spec.SizeInBytes > Large && (await store.HeadAsync(key, cancellationToken).ConfigureAwait(false))?.Size < spec.SizeInBytes)
            throw new FormatException($"{key} ends too early");
        var block = new byte[Math.Min(spec.SizeInBytes + 8L, Array.MaxLength)];
        if (await store.ReadRangeAsync(key, spec.Offset ?? 0, block, cancellationToken).ConfigureAwait(false) != block.Length)
            throw new FormatException($"{key} ends too early");
        var size = BinaryPrimitives.ReadInt32BigEndian(block);
        if (size != spec.SizeInBytes)
            throw new FormatException($"{key} has {size} bytes for it where the log says {spec.SizeInBytes}");
        var data = block.AsMemory(4, size);
        if (Crc32.HashToUInt32(data.Span) != BinaryPrimitives.ReadUInt32BigEndian(block.AsSpan(4 + size)))
            throw new FormatException($"its checksum in {key} does not fit");
        return data.ToArray();
    }
}
