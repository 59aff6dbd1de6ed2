using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>The rows of the files of an edit, with their positions and, once they are known, their actions. Files are skipped by their statistics.</summary>
internal sealed class EditedFilesSource(TableContext table, LogState state, IReadOnlyList<EditedFile> files, RowMarks? marks) : BatchSource
{
    private static readonly Field Position = new(RowPosition.Column, Int64Type.Default, nullable: false);
    private static readonly Field Action = new(RowAction.Column, Int32Type.Default, nullable: false);

    private readonly RowNumberColumns? _numbers = RowNumberColumns.Of(state);

    public override DatasetId Dataset => table.Id;

    public override bool SupportsPredicate => true;

    public override void WriteCanonical(CanonicalWriter writer) => writer.Field("version", state.Version).Field("files", files.Count);

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Schema?>(new Schema([.. state.Schema.FieldsList, .. _numbers is null ? [] : RowNumberColumns.OfPlan, Position, .. marks is null ? [] : new[] { Action }], null));

    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new InputVersion(Dataset, state.Version.ToString(CultureInfo.InvariantCulture), null, HasData: true));

    public override ValueTask<SourceSize> EstimateAsync(DataAccess data, InputVersion input, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SourceSize(files.Sum(f => f.File.StoredRows ?? 0), files.Sum(f => f.File.Size)));

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var part in PartsAsync(request, cancellationToken).ConfigureAwait(false))
        {
            using (part)
            {
                await foreach (var batch in part.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return batch;
            }
        }
    }

    public override BatchStream Read(ScanRequest request, CancellationToken cancellationToken) => BatchStream.Of(PartsAsync(request, cancellationToken));

    private async IAsyncEnumerable<BatchPart> PartsAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var numbers = _numbers?.Bound.Where(b => request.Schema.FieldsList.Any(f => f.Name == b.Name)).ToList() ?? [];
        var columns = state.Columns.With([.. request.Schema.FieldsList.Select(f => state.Columns.Find(f.Name)).OfType<DeltaField>(), .. numbers]);
        var own = request.Schema.FieldsList.Where(f => f.Name is RowPosition.Column or RowAction.Column).ToList();
        var scan = new TableScan
        {
            Version = state.Version,
            Predicate = request.Predicate,
            Rows = request.Context.Rows,
            Allocator = request.Context.Allocator,
            BatchRows = request.Context.BatchRows,
        };
        foreach (var file in files)
        {
            if (request.Predicate is { } predicate && !FilePruning.MayMatch(file.File, state.Columns, predicate))
            {
                request.Context.Rows.Add(RowFlow.Pruned, file.File.StoredRows ?? 0);
                continue;
            }

            var hidden = await file.HiddenAsync(table, cancellationToken).ConfigureAwait(false);
            Func<RecordBatch, long, RecordBatch>? numbered = own.Count + numbers.Count == 0
                ? null
                : (batch, first) => WithOwn(batch, own, numbers, file, first, request.Context.Allocator);
            var parts = DataFileReader.PartsAsync(table, file.File, state.Columns, columns, scan, hidden, numbered, cancellationToken);
            await foreach (var part in parts.ConfigureAwait(false))
                yield return part;
        }
    }

    private RecordBatch WithOwn(RecordBatch batch, IReadOnlyList<Field> own, IReadOnlyList<DeltaField> numbers, EditedFile file, long first, MemoryAllocator allocator)
    {
        using (batch)
        {
            var arrays = new List<IArrowArray>(batch.ColumnCount + own.Count);
            try
            {
                var stored = batch.ColumnCount - numbers.Count;
                for (var i = 0; i < stored; i++)
                    arrays.Add(ArrowArrayFactory.BuildArray(batch.Column(i).Data.Retain()));
                foreach (var (i, number) in numbers.Index())
                {
                    var (start, step) = number.Name == RowNumberColumns.NumberOfRow ? (file.File.Add.BaseRowId + first, 1) : (file.File.Add.DefaultRowCommitVersion, 0);
                    arrays.Add(RowNumbers.Fill((Int64Array)batch.Column(stored + i), start, step, allocator));
                }

                foreach (var field in own)
                    arrays.Add(field.Name == RowPosition.Column ? RowNumbers.From(RowPosition.Of(file.Number, first), batch.Length, allocator) : Actions(file.Number, first, batch.Length, allocator));
                return new RecordBatch(new Schema([.. batch.Schema.FieldsList, .. own], null), arrays, batch.Length);
            }
            catch
            {
                foreach (var array in arrays)
                    array.Dispose();
                throw;
            }
        }
    }

    private Int32Array Actions(int file, long first, int rows, MemoryAllocator allocator)
    {
        using var buffer = new FilledBuffer();
        buffer.Allocate(allocator, (long)rows * sizeof(int), clear: true);
        var actions = buffer.As<int>();
        for (var i = 0; marks!.Any(file) && i < rows; i++)
            actions[i] = marks[file, first + i];
        return new Int32Array(new ArrayData(Int32Type.Default, rows, 0, 0, [ArrowBuffer.Empty, buffer.Build()]));
    }
}
