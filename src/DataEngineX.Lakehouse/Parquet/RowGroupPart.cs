using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>A row group as a part of a stream. The last part of a file to be disposed closes it.</summary>
internal sealed class RowGroupPart : BatchPart
{
    private readonly Shared _file;
    private readonly int _group;
    private readonly ParquetReadOptions _options;
    private int _released;
    private int _isRead;

    private RowGroupPart(Shared file, int group, ParquetReadOptions options)
    {
        _file = file;
        _group = group;
        _options = options;
    }

    /// <summary>The rows of the row group.</summary>
    internal long RowCount => _file.Reader.RowCountOf(_group);

    /// <summary>The row groups of a file, which is taken over: it is closed after the last part, also when not all are asked for.</summary>
    internal static async IAsyncEnumerable<RowGroupPart> AllOf(ParquetFileReader reader, ParquetReadOptions options)
    {
        var file = new Shared(reader);
        var g = 0;
        try
        {
            while (g < reader.RowGroupCount)
            {
                file.Add();
                yield return new RowGroupPart(file, g++, options);
            }
        }
        finally
        {
            for (; g < reader.RowGroupCount; g++)
                options.Rows?.Add(RowFlow.LeftUnread, reader.RowCountOf(g));
            await file.ReleaseAsync().ConfigureAwait(false);
        }
    }

    public override IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken)
    {
        _isRead = 1;
        return _file.Reader.ReadRowGroupAsync(_group, _options, cancellationToken);
    }

    // Closing a file does not wait for anything, so the task is done when it is returned.
    protected override void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0)
            return;
        if (_isRead == 0)
            _options.Rows?.Add(RowFlow.LeftUnread, RowCount);
        _file.ReleaseAsync().AsTask().GetAwaiter().GetResult();
    }

    private sealed class Shared(ParquetFileReader reader)
    {
        private int _users = 1;

        internal ParquetFileReader Reader => reader;

        internal void Add() => Interlocked.Increment(ref _users);

        internal ValueTask ReleaseAsync() => Interlocked.Decrement(ref _users) == 0 ? reader.DisposeAsync() : ValueTask.CompletedTask;
    }
}
