using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Staged rows, whose columns are named as those of a source, with their numbers.</summary>
internal sealed class StagedSource(StagedRows rows, RowSet? without = null) : BatchSource
{
    /// <summary>The column of row numbers, from 0 in the order in which rows were staged.</summary>
    internal const string Row = "$source_row";

    public override DatasetId Dataset { get; } = new("staged", "rows");

    public override void WriteCanonical(CanonicalWriter writer) => writer.Field("rows", rows.Count);

    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Schema?>(new Schema(
            [.. rows.Schema.FieldsList.Select(f => new Field(NameOf(f.Name), f.DataType, f.IsNullable)), new Field(Row, Int64Type.Default, nullable: false)], null));

    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new InputVersion(Dataset, "staged", null, HasData: true));

    public override ValueTask<SourceSize> EstimateAsync(DataAccess data, InputVersion input, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SourceSize(rows.Count, null));

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long first = 0;
        await foreach (var batch in rows.ReadAsync(request.Context.Allocator, cancellationToken).ConfigureAwait(false))
        {
            var named = Named(batch, request.Schema, first, request.Context.Allocator);
            first += named.Length;
            if (without is null)
            {
                yield return named;
                continue;
            }

            foreach (var kept in without.Without(named, first - named.Length, request.Context.Allocator))
                yield return kept;
        }
    }

    /// <summary>What a column of the rows is called here.</summary>
    internal static string NameOf(string column) => ((ColumnExpr)MergeClause.Source(column)).Name;

    private RecordBatch Named(RecordBatch batch, Schema wanted, long first, MemoryAllocator allocator)
    {
        using (batch)
        {
            var arrays = new List<IArrowArray>(wanted.FieldsList.Count);
            try
            {
                foreach (var field in wanted.FieldsList)
                {
                    arrays.Add(field.Name == Row
                        ? RowNumbers.From(first, batch.Length, allocator)
                        : ArrowArrayFactory.BuildArray(batch.Column(OrdinalOf(field.Name)).Data.Retain()));
                }

                return new RecordBatch(wanted, arrays, batch.Length);
            }
            catch
            {
                foreach (var array in arrays)
                    array.Dispose();
                throw;
            }
        }
    }

    private int OrdinalOf(string name)
    {
        for (var i = 0; i < rows.Schema.FieldsList.Count; i++)
        {
            if (NameOf(rows.Schema.FieldsList[i].Name) == name)
                return i;
        }

        throw new InvalidOperationException($"There is no staged column '{name}'.");
    }
}
