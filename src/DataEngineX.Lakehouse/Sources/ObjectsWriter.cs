using System.Security.Cryptography;
using Apache.Arrow;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Puts each new content as an object, then a manifest row; the manifest's commit makes both visible.</summary>
internal sealed class ObjectsWriter(DatasetId table, OperatorContext context, ITargetWriter manifest, HashSet<string> known) : ITargetWriter
{
    private readonly HashSet<string> _added = new(StringComparer.Ordinal);
    private long _unchanged;
    private long _repeated;

    public async ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            var rows = BatchBuilder.For(RawManifest.Schema);
            var sources = (StringArray)batch.Column("path");
            var times = (TimestampArray)batch.Column("modified");
            var contents = (BinaryArray)batch.Column("content");
            for (var i = 0; i < batch.Length; i++)
            {
                // The object is put before its row can be committed; one without a row is found again by its name and harms nobody.
                var content = contents.ValueBuffer.Memory.Slice(contents.ValueOffsets[i], contents.GetValueLength(i));
                var digest = Convert.ToHexStringLower(SHA256.HashData(content.Span));
                if (known.Contains(digest))
                {
                    _unchanged++;
                    continue;
                }

                if (!_added.Add(digest))
                {
                    _repeated++;
                    continue;
                }

                var key = RawObjects.KeyOf(table, digest);
                await context.Data.Objects.PutIfAbsentAsync(key, content, cancellationToken).ConfigureAwait(false);
                await context.Data.Failpoints.HitAsync(FailpointNames.ObjectPut, cancellationToken).ConfigureAwait(false);
                rows.Text(0, key);
                rows.Text(1, sources.GetString(i));
                rows.Text(2, digest);
                rows.Value(3, content.Length);
                rows.Value(4, times.Values[i]);
            }

            if (rows.Count > 0)
                await manifest.TakeAsync(rows.Build(context.Allocator), cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken)
    {
        var result = await manifest.CommitAsync(record, cancellationToken).ConfigureAwait(false);
        return result.AlreadyDone ? result : result with { Unchanged = result.Unchanged + _unchanged, Deduplicated = result.Deduplicated + _repeated };
    }

    public ValueTask DisposeAsync() => manifest.DisposeAsync();
}
