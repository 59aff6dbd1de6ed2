using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Brings the batches of a write into the form of the table: its columns in its order, dictionaries decoded, what is missing null.</summary>
internal sealed class TableColumns
{
    private readonly int[] _sources;
    private readonly bool _asIs;

    private TableColumns(Schema schema, int[] sources, Schema request)
    {
        Schema = schema;
        _sources = sources;
        _asIs = sources.Length == request.FieldsList.Count
            && sources.Index().All(s => s.Index == s.Item && request.FieldsList[s.Item].DataType is not DictionaryType
                && Same(schema.FieldsList[s.Index].DataType, request.FieldsList[s.Item].DataType));
    }

    /// <summary>The schema of the table.</summary>
    internal Schema Schema { get; }

    /// <summary>The schema that a table gets by its first commit.</summary>
    internal static Schema OfNew(Schema request) => new(
        [.. request.FieldsList.Select(f => new Field(f.Name, f.DataType is DictionaryType d ? d.ValueType : f.DataType, f.IsNullable))], null);

    /// <summary>Fits a write to a table.</summary>
    /// <exception cref="PlanException">The columns differ; says how.</exception>
    internal static TableColumns Fit(DatasetId table, Schema schema, Schema request) => Fit(table, schema, request, SchemaEvolution.None);

    /// <summary>Fits a write to a table, narrower types widened where that is allowed.</summary>
    /// <exception cref="PlanException">The columns differ; says how.</exception>
    internal static TableColumns Fit(DatasetId table, Schema schema, Schema request, SchemaEvolution allowed)
    {
        var sources = new int[schema.FieldsList.Count];
        var differences = new List<string>();
        string? first = null;
        for (var i = 0; i < sources.Length; i++)
        {
            var field = schema.FieldsList[i];
            sources[i] = IndexOf(request, field.Name);
            if (sources[i] < 0 && !field.IsNullable)
                Differ(field.Name, $"- {field.Name} {ArrowTypes.NameOf(field.DataType)} not null: missing in the write");
            else if (sources[i] >= 0 && !Same(field.DataType, request.FieldsList[sources[i]].DataType)
                && !(allowed.HasFlag(SchemaEvolution.WidenTypes) && TypeWidening.IsWider(request.FieldsList[sources[i]].DataType, field.DataType)))
                Differ(field.Name, $"~ {field.Name}: {ArrowTypes.NameOf(field.DataType)} in the table, {ArrowTypes.NameOf(request.FieldsList[sources[i]].DataType)} in the write");
        }

        foreach (var field in request.FieldsList)
        {
            if (IndexOf(schema, field.Name) < 0)
                Differ(field.Name, $"+ {field.Name} {ArrowTypes.NameOf(field.DataType)}: not in the table");
        }

        if (differences.Count > 0)
            throw new PlanException($"{table} has other columns than what is written to it:\n  {string.Join("\n  ", differences)}", column: first);
        return new TableColumns(schema, sources, request);

        void Differ(string column, string line)
        {
            first ??= column;
            differences.Add(line);
        }
    }

    /// <summary>The batch in the table's form.</summary>
    /// <param name="batch">Borrowed.</param>
    /// <param name="allocator">For what must be made.</param>
    /// <returns>A batch of its own, which the caller owns.</returns>
    internal RecordBatch Fit(RecordBatch batch, MemoryAllocator allocator)
    {
        RecordBatch fitted;
        if (_asIs)
        {
            fitted = batch.SliceShared(0, batch.Length);
        }
        else
        {
            var columns = new List<IArrowArray>(_sources.Length);
            try
            {
                for (var i = 0; i < _sources.Length; i++)
                {
                    columns.Add(_sources[i] < 0
                        ? Constants.Nulls(Schema.FieldsList[i].DataType, batch.Length, allocator)
                        : InType(batch.Column(_sources[i]), Schema.FieldsList[i].DataType, allocator));
                }

                fitted = new RecordBatch(Schema, columns, batch.Length);
            }
            catch
            {
                foreach (var column in columns)
                    column.Dispose();
                throw;
            }
        }

        return fitted;
    }

    private static IArrowArray InType(IArrowArray column, IArrowType type, MemoryAllocator allocator)
    {
        var plain = Dictionaries.Decode(column, allocator);
        if (ArrowTypes.Same(plain.Data.DataType, type))
            return plain;
        using (plain)
            return Casts.Cast(plain, type, allocator);
    }

    private static bool Same(IArrowType table, IArrowType written) => ArrowTypes.Same(table, written is DictionaryType d ? d.ValueType : written);

    private static int IndexOf(Schema schema, string name)
    {
        for (var i = 0; i < schema.FieldsList.Count; i++)
        {
            if (string.Equals(schema.FieldsList[i].Name, name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }
}
