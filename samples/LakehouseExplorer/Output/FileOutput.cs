using Apache.Arrow;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Json;
using DataEngineX.Lakehouse.Parquet;
using LakehouseExplorer.Asking;

namespace LakehouseExplorer.Output;

/// <summary>Writes rows to a file, which appears under its name when all of them are in it.</summary>
internal sealed class FileOutput : RowOutput
{
    private readonly string _path;
    private readonly string _unfinished;
    private readonly string _format;
    private readonly Answer _answer;

    internal FileOutput(string path, Answer answer)
    {
        _path = Path.GetFullPath(path);
        _unfinished = $"{_path}.{Path.GetRandomFileName()}";
        _answer = answer;
        _format = Path.GetExtension(path).ToLowerInvariant();
        if (_format is not (".parquet" or ".csv" or ".jsonl"))
            throw new UsageException($"--output needs a file that ends in .parquet, .csv or .jsonl, not '{path}'.");
    }

    internal override async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using (var stream = File.Create(_unfinished))
        {
            await (_format switch
            {
                ".parquet" => WriteParquetAsync(stream, cancellationToken),
                ".csv" => WriteCsvAsync(stream, cancellationToken),
                _ => WriteJsonAsync(stream, cancellationToken),
            });
        }

        File.Move(_unfinished, _path, overwrite: true);
    }

    public override ValueTask DisposeAsync()
    {
        File.Delete(_unfinished);
        return base.DisposeAsync();
    }

    private async Task WriteParquetAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = await ParquetFileWriter.CreateAsync(stream, _answer.Schema, cancellationToken: cancellationToken);
        await EachAsync(batch => writer.WriteAsync(batch, cancellationToken));
        await writer.FinishAsync(cancellationToken);
    }

    private async Task WriteCsvAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = new CsvWriter(stream, _answer.Schema);
        await EachAsync(batch => writer.WriteAsync(batch, cancellationToken));
    }

    private async Task WriteJsonAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = new JsonLinesWriter(stream, _answer.Schema);
        await EachAsync(batch => writer.WriteAsync(batch, cancellationToken));
    }

    private async Task EachAsync(Func<RecordBatch, ValueTask> write)
    {
        await foreach (var batch in _answer.Batches)
        {
            using (batch)
                await write(batch);
        }
    }
}
