using System.Text.Json;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>What is counted of a data file.</summary>
/// <param name="Size">Its bytes.</param>
/// <param name="ModificationTime">When it was made, in milliseconds.</param>
/// <param name="StoredRows">The rows in it, those that a deletion vector names too; -1 when the log does not say.</param>
internal readonly record struct FileNumbers(long Size, long ModificationTime, long StoredRows)
{
    /// <summary>Reads the number of rows from the text of the statistics.</summary>
    internal static long RowsIn(ReadOnlySpan<byte> stats)
    {
        if (stats.IsEmpty)
            return -1;
        try
        {
            var reader = new Utf8JsonReader(stats);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    var found = reader.ValueTextEquals("numRecords"u8);
                    reader.Read();
                    if (found)
                        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var rows) ? rows : -1;
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            // Statistics only help: without them the file says how many rows it has.
        }

        return -1;
    }
}
