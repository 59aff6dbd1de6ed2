using Apache.Arrow;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>How a write changes the columns of a table.</summary>
/// <param name="Schema">The columns from then on.</param>
/// <param name="Metadata">What the table says of itself from then on; null when nothing changes.</param>
/// <param name="Protocol">What it asks of readers and writers from then on; null for what it did.</param>
/// <param name="Columns">The columns, and where data files and the log have them.</param>
internal sealed record SchemaChange(Schema Schema, MetadataAction? Metadata, ProtocolAction? Protocol, TableSchema Columns)
{
    /// <summary>The change that rows ask for, as far as it is allowed; what is not is left for <see cref="TableColumns.Fit(DatasetId, Schema, Schema)"/> to refuse.</summary>
    internal static SchemaChange Of(LogState state, Schema rows, SchemaEvolution allowed)
    {
        var fields = new List<Field>();
        var widened = new List<(Field From, Field To)>();
        foreach (var field in state.Schema.FieldsList)
        {
            var written = rows.FieldsList.FirstOrDefault(f => string.Equals(f.Name, field.Name, StringComparison.Ordinal));
            if (allowed.HasFlag(SchemaEvolution.WidenTypes) && written is not null && TypeWidening.IsWider(field.DataType, written.DataType))
            {
                var wider = new Field(field.Name, written.DataType, field.IsNullable);
                widened.Add((field, wider));
                fields.Add(wider);
            }
            else
            {
                fields.Add(field);
            }
        }

        var added = allowed.HasFlag(SchemaEvolution.AddColumns)
            ? rows.FieldsList.Where(f => state.Columns.Find(f.Name) is null).Select(f => new Field(f.Name, f.DataType, nullable: true)).ToList()
            : [];
        if (widened.Count + added.Count == 0)
            return new SchemaChange(state.Schema, null, null, state.Columns);
        fields.AddRange(added);
        var numbers = ColumnNumbers.Of(state);
        var metadata = state.Metadata with { SchemaString = DeltaSchema.Change(state.Metadata.SchemaString, added, widened, numbers) };
        if (numbers is not null)
            metadata = metadata with { Configuration = numbers.In(metadata.Configuration) };
        var protocol = added.Exists(f => DeltaSchema.HasLocalTimestamp(f.DataType)) || widened.Exists(w => DeltaSchema.IsLocalTimestamp(w.To.DataType))
            ? ProtocolFeatures.With(state.Protocol, DeltaProtocol.TimestampNtz, readers: true)
            : state.Protocol;
        if (widened.Count > 0)
        {
            protocol = ProtocolFeatures.With(protocol, DeltaProtocol.TypeWidening, readers: true);
            metadata = metadata with
            {
                Configuration = new Dictionary<string, string?>(metadata.Configuration, StringComparer.Ordinal) { [DeltaProtocol.EnableTypeWidening] = "true" },
            };
        }

        return new SchemaChange(
            new Schema(fields, null), metadata, ReferenceEquals(protocol, state.Protocol) ? null : protocol, TableSchema.Of(state.Table, protocol, metadata));
    }
}
