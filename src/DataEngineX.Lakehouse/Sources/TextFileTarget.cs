using Apache.Arrow;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Replaces one text file of the local disk. The commit record stands beside it, in a file that starts with a point.</summary>
internal sealed class TextFileTarget
{
    private readonly string _path;
    private readonly TextCompression _compression;

    internal TextFileTarget(string path, TextCompression compression)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
        _compression = TextCompressions.Of(compression, _path);
        Dataset = new DatasetId(FileFolderSource.Namespace, path);
    }

    internal DatasetId Dataset { get; }

    internal CommitRecord? LastCommit(string pipeline)
    {
        var record = RecordPath(pipeline);
        return File.Exists(_path) && File.Exists(record) ? PipelineRecords.Parse(_path, pipeline, File.ReadAllText(record)) : null;
    }

    internal ITargetWriter Open(TargetRequest request, ITextEncoder encoder)
    {
        var newest = LastCommit(request.Record.Pipeline)?.FencingToken ?? 0;
        if (newest > request.Record.FencingToken)
            throw new FencedException(Dataset.ToString(), request.Record.FencingToken, newest);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        return new Writer(this, request, encoder);
    }

    private string RecordPath(string pipeline) => Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.{pipeline}.commit");

    /// <summary>Writes a file beside the target and puts it in its place: readers see the old one or the new one.</summary>
    private sealed class Writer : ITargetWriter
    {
        private readonly TextFileTarget _target;
        private readonly TargetRequest _request;
        private readonly string _draft;
        private readonly FileStream _file;
        private readonly Stream _text;
        private readonly Text.TextWriter _writer;
        private long _rows;
        private bool _isOpen = true;

        internal Writer(TextFileTarget target, TargetRequest request, ITextEncoder encoder)
        {
            _target = target;
            _request = request;
            _draft = Path.Combine(Path.GetDirectoryName(target._path)!, $".{Path.GetFileName(target._path)}.{request.Record.RunId}.tmp");
            _file = new FileStream(_draft, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
            _text = target._compression == TextCompression.None ? _file : TextCompressions.Compress(_file, target._compression);
            _writer = new Text.TextWriter(_text, request.Schema, encoder);
        }

        private IFailpoints Failpoints => _request.Context.Data.Failpoints;

        public async ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
        {
            using (batch)
            {
                _rows += batch.Length;
                await _writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }

        public async ValueTask<CommitResult> CommitAsync(CommitRecord record, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _writer.FinishAsync().ConfigureAwait(false);
            await CloseAsync(flushToDisk: true).ConfigureAwait(false);
            var last = _target.LastCommit(record.Pipeline);
            if (last?.FencingToken > record.FencingToken)
                throw new FencedException(_target.Dataset.ToString(), record.FencingToken, last.FencingToken);
            if (last?.RunKey == record.RunKey)
                return new CommitResult { Version = last.RunKey, AlreadyDone = true };

            await Failpoints.HitAsync(FailpointNames.FileWritten, cancellationToken).ConfigureAwait(false);

            // The rows first: a crash before the record leaves the file as this run made it, and the same run will make it again.
            File.Move(_draft, _target._path, overwrite: true);
            await Failpoints.HitAsync(FailpointNames.FilePlaced, CancellationToken.None).ConfigureAwait(false);
            var note = _draft + ".commit";
            await File.WriteAllTextAsync(note, PipelineRecords.Write(record), CancellationToken.None).ConfigureAwait(false);
            File.Move(note, _target.RecordPath(record.Pipeline), overwrite: true);
            return new CommitResult { Version = record.RunKey, Inserted = _rows };
        }

        public async ValueTask DisposeAsync()
        {
            await CloseAsync(flushToDisk: false).ConfigureAwait(false);
            _writer.Dispose();
            File.Delete(_draft);
        }

        private async ValueTask CloseAsync(bool flushToDisk)
        {
            if (!_isOpen)
                return;
            _isOpen = false;
            if (_text != _file)
                await _text.DisposeAsync().ConfigureAwait(false);
            if (flushToDisk)
                _file.Flush(flushToDisk: true);
            await _file.DisposeAsync().ConfigureAwait(false);
        }
    }
}
