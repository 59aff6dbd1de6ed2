using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Puts output batches together from rows of both sides.</summary>
internal sealed class JoinAssembler(JoinPlan plan, BuildSide build, MemoryAllocator allocator)
{
    private const string Kernel = "join";

    /// <summary>The pairs of a window as rows of the output.</summary>
    public RecordBatch Pairs(RecordBatch probe, MatchWindow pairs) => Pairs(probe, pairs, plan.Schema, plan.Columns);

    /// <summary>The pairs of a window as rows of another schema, such as what a condition looks at.</summary>
    public RecordBatch Pairs(RecordBatch probe, MatchWindow pairs, Schema schema, IReadOnlyList<JoinColumn> columns)
    {
        var rows = RowPicks.Trust(pairs.Rows, anyMissing: false);
        var partners = RowPicks.Trust(pairs.Partners, pairs.AnyMissing);
        using var made = new BatchColumns(columns.Count);
        for (var i = 0; i < columns.Count; i++)
        {
            // A key that both sides can give comes from the side whose rows are all there.
            var ordinal = OrdinalOf(columns[i], fromBuild: plan.KeepsBuild && !plan.KeepsProbe);
            made[i] = As(
                ordinal.FromBuild
                    ? build.Take(ordinal.Column, partners, allocator)
                    : Gather.Run(Kernel, probe.Column(ordinal.Column).Data, rows, allocator),
                schema.FieldsList[i]);
        }

        return made.Build(schema, pairs.Count);
    }

    /// <summary>Rows of the streamed side alone; columns of the other are null.</summary>
    public RecordBatch ProbeRows(RecordBatch probe, RowPicks rows)
    {
        using var made = new BatchColumns(plan.Columns.Count);
        for (var i = 0; i < plan.Columns.Count; i++)
        {
            var ordinal = OrdinalOf(plan.Columns[i], fromBuild: false);
            var field = plan.Schema.FieldsList[i];
            made[i] = ordinal.FromBuild
                ? Constants.Nulls(field.DataType, rows.Count, allocator)
                : As(Gather.Run(Kernel, probe.Column(ordinal.Column).Data, rows, allocator), field);
        }

        return made.Build(plan.Schema, rows.Count);
    }

    /// <summary>Rows of the held side alone; columns of the other are null.</summary>
    public RecordBatch BuildRows(RowPicks rows)
    {
        using var made = new BatchColumns(plan.Columns.Count);
        for (var i = 0; i < plan.Columns.Count; i++)
        {
            var ordinal = OrdinalOf(plan.Columns[i], fromBuild: true);
            var field = plan.Schema.FieldsList[i];
            made[i] = ordinal.FromBuild
                ? As(build.Take(ordinal.Column, rows, allocator), field)
                : Constants.Nulls(field.DataType, rows.Count, allocator);
        }

        return made.Build(plan.Schema, rows.Count);
    }

    private (bool FromBuild, int Column) OrdinalOf(JoinColumn column, bool fromBuild)
    {
        var (ofBuild, ofProbe) = plan.BuildsLeft ? (column.Left, column.Right) : (column.Right, column.Left);
        return ofBuild >= 0 && (fromBuild || ofProbe < 0) ? (true, ofBuild) : (false, ofProbe);
    }

    /// <summary>A key of both sides has their common type.</summary>
    private IArrowArray As(IArrowArray array, Field field)
    {
        if (Guard.AreSame(array.Data.DataType, field.DataType))
            return array;
        using (array)
            return Casts.Cast(array, field.DataType, allocator);
    }
}
