using Apache.Arrow;
using Apache.Arrow.Ipc;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse;

/// <summary>The columns of the rows of a folder, which its files alone do not tell.</summary>
internal static class FolderSchema
{
    internal static string Write(Schema schema)
    {
        using var stream = new MemoryStream();
        using (var writer = new ArrowStreamWriter(stream, new Schema(schema.FieldsList, null), leaveOpen: true))
            writer.WriteStart();
        return Convert.ToBase64String(stream.ToArray());
    }

    internal static Schema? Parse(string? text)
    {
        if (text is null)
            return null;
        using var reader = new ArrowStreamReader(new MemoryStream(Convert.FromBase64String(text)));
        return reader.Schema;
    }

    /// <summary>The columns of the folder once rows are written to it.</summary>
    /// <param name="target">The target.</param>
    /// <param name="there">The columns so far, or null.</param>
    /// <param name="flow">The columns of the rows.</param>
    /// <param name="allowed">How the columns may change.</param>
    /// <exception cref="PlanException">They differ in what may not be changed; shows all differences.</exception>
    internal static Schema After(FolderTarget target, Schema? there, Schema flow, SchemaEvolution allowed)
    {
        if (there is null)
            return flow;
        var changes = SchemaDifference.Of(there, flow);
        var byName = target.Folder.Format.NamesColumns;
        var refused = changes.Where(c => !byName || c.IsBreaking || c.Kind switch
        {
            ColumnChangeKind.Missing => false,
            ColumnChangeKind.Added => !allowed.HasFlag(SchemaEvolution.AddColumns),
            _ => true,
        }).ToList();
        if (refused.Count > 0)
            throw new PlanException($"{target.Dataset} has other columns than what is written to it:\n  {string.Join("\n  ", refused)}", column: refused[0].Column);
        if (!byName && !there.FieldsList.Select(f => f.Name).SequenceEqual(flow.FieldsList.Select(f => f.Name), StringComparer.Ordinal))
            throw new PlanException($"{target.Dataset} has its columns in the order {string.Join(", ", there.FieldsList.Select(f => f.Name))}, and what is written to it has them in another.");
        return new Schema([.. there.FieldsList, .. changes.Where(c => c.Kind == ColumnChangeKind.Added).Select(c => flow.GetFieldByName(c.Column)).Select(f => new Field(f.Name, f.DataType, nullable: true))], null);
    }
}
