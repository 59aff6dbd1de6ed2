using System.Buffers;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>The different keys of another dataset.</summary>
internal sealed class KeySet(IReadOnlyList<KeyColumn> columns, IReadOnlyList<IArrowType> types, RuleContext context) : ReferenceReader
{
    private readonly GroupIndex _keys = new(types, context.Allocator);

    public override void Read(RecordBatch batch) => Visit(columns, batch, _keys.Map);

    /// <summary>Marks the checked rows whose key is not there, or is.</summary>
    public void Mark(IReadOnlyList<KeyColumn> own, RuleBatch batch, Span<RowMark> marks, bool negated)
    {
        var found = ArrayPool<int>.Shared.Rent(Math.Max(1, marks.Length));
        try
        {
            Visit(own, batch.Rows, (keys, ids) =>
            {
                _keys.Find(keys, ids);
                ids.CopyTo(found);
            });
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == RowMark.Holds && (found[i] >= 0) == negated)
                    marks[i] = RowMark.Violates;
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(found);
        }
    }

    public override void Dispose() => _keys.Dispose();

    private void Visit(IReadOnlyList<KeyColumn> from, RecordBatch rows, Number number)
    {
        var ids = ArrayPool<int>.Shared.Rent(Math.Max(1, rows.Length));
        var made = new List<IArrowArray>();
        try
        {
            number([.. from.Select(c => c.Read(rows, context.Parameters, context.Allocator, made))], ids.AsSpan(0, rows.Length));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(ids);
            foreach (var column in made)
                column.Dispose();
        }
    }

    private delegate void Number(IReadOnlyList<IArrowArray> keys, Span<int> ids);
}
