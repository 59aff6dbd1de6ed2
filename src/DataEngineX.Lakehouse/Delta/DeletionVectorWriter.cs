using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json.Nodes;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Tables;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Writes the deletion vectors of one commit: small ones into the log, the others into one file.</summary>
internal sealed class DeletionVectorWriter(TableContext table)
{
    private const int InlineBytes = 256;
    private const byte FileVersion = 1;

    private readonly Guid _id = Guid.NewGuid();
    private readonly List<byte> _content = [FileVersion];
    private bool _written;

    /// <summary>Hides rows of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rows">The rows that it stores.</param>
    /// <param name="hidden">All rows that are hidden from now on.</param>
    /// <returns>The action that takes the place of the one that added the file.</returns>
    internal AddAction Hide(DataFile file, long rows, RowSet hidden) => file.Add with
    {
        DeletionVector = Write(RoaringBitmaps.Write(hidden), hidden.Count),
        DataChange = true,
        Stats = Loosened(file.Add.Stats, rows),
        ModificationTime = table.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    /// <summary>Puts the file, when there is need of one.</summary>
    internal async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (_content.Count <= 1)
            return;
        _written = true;
        await table.Store.PutAsync(Key, _content.ToArray(), cancellationToken).ConfigureAwait(false);
        await table.Failpoints.HitAsync(FailpointNames.DeletionVectorsWritten, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the file: no log entry names it.</summary>
    internal async ValueTask DeleteAsync()
    {
        try
        {
            if (_written)
                await table.Store.DeleteAsync(Key, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DataEngineXException)
        {
            // A file left over wastes room and harms nobody.
        }
    }

    private string Key => $"{table.Folder}/deletion_vector_{_id}.bin";

    private DeletionVectorSpec Write(byte[] data, long cardinality)
    {
        if (data.Length <= InlineBytes)
        {
            var padded = new byte[(data.Length + 3) / 4 * 4];
            data.CopyTo(padded, 0);
            return new DeletionVectorSpec { StorageType = "i", PathOrInlineDv = Z85.Encode(padded), SizeInBytes = data.Length, Cardinality = cardinality };
        }

        var offset = _content.Count;
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        _content.AddRange(number);
        _content.AddRange(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(data));
        _content.AddRange(number);
        return new DeletionVectorSpec
        {
            StorageType = "u",
            PathOrInlineDv = Z85.Encode(_id.ToByteArray(bigEndian: true)),
            Offset = offset,
            SizeInBytes = data.Length,
            Cardinality = cardinality,
        };
    }

    /// <summary>With rows hidden, bounds hold but may be reached by no row any more.</summary>
    private static string Loosened(string? stats, long rows)
    {
        var node = string.IsNullOrEmpty(stats) ? [] : JsonNode.Parse(stats) as JsonObject ?? [];
        node["numRecords"] = rows;
        node["tightBounds"] = false;
        return node.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
