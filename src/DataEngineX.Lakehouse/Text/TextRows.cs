using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Reads the chunks of a file one after the other.</summary>
internal sealed class TextRows(TextFile file, Schema schema, MalformedRows malformed)
{
    private bool _read;

    internal long Accepted { get; private set; }

    internal long Rejected { get; private set; }

    internal async IAsyncEnumerable<RecordBatch> ReadAsync(
        MemoryAllocator? allocator, Action<LineReject>? onReject, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_read)
            throw new InvalidOperationException($"{file.Name} was already read; open it again.");
        _read = true;
        allocator ??= MemoryAllocator.Default.Value;
        var rejects = new List<LineReject>();
        await foreach (var chunk in file.ChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            using (chunk)
            {
                chunk.Open(schema);
                while (true)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var batch = chunk.Next(allocator, rejects);
                    if (rejects.Count > 0 && malformed == MalformedRows.Stop)
                    {
                        batch?.Dispose();
                        throw rejects[0].ToError();
                    }

                    Tell(rejects, onReject);
                    if (batch is null)
                        break;
                    Accepted += batch.Length;
                    yield return batch;
                }
            }
        }
    }

    private void Tell(List<LineReject> rejects, Action<LineReject>? onReject)
    {
        Rejected += rejects.Count;
        if (onReject is not null)
            rejects.ForEach(onReject);
        rejects.Clear();
    }
}
