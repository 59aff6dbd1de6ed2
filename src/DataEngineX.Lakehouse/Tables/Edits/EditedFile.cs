using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>A file that an edit reads.</summary>
/// <param name="File">The file.</param>
/// <param name="Number">Its number in the edit.</param>
/// <param name="Only">The rows that are read; null for all.</param>
/// <param name="Without">Rows that are not read; null for none.</param>
internal sealed record EditedFile(DataFile File, int Number, RowSet? Only = null, RowSet? Without = null)
{
    /// <summary>All rows of the file that are not read.</summary>
    internal async ValueTask<RowSet?> HiddenAsync(TableContext table, CancellationToken cancellationToken)
    {
        RowSet? hidden = null;
        if (File.DeletionVector is { } vector)
            hidden = await DeletionVectors.ReadAsync(table.Store, table.Folder, File.Path, vector, cancellationToken).ConfigureAwait(false);
        if (Only is not null)
        {
            var others = Only.Complement(await DataFileReader.CountStoredAsync(table, File, null, cancellationToken).ConfigureAwait(false));
            others.Add(hidden ?? new RowSet());
            hidden = others;
        }

        if (Without is not null)
            (hidden ??= new RowSet()).Add(Without);
        return hidden;
    }
}
