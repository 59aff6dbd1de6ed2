using Apache.Arrow;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>A row of G1 as an object; equal texts are one string, which is kind to LINQ.</summary>
internal sealed record GroupByRow(string? Id1, string? Id2, string? Id3, int? Id4, int? Id5, int? Id6, int? V1, int? V2, double? V3)
{
    public static GroupByRow[] From(IReadOnlyList<RecordBatch> batches)
    {
        var rows = new GroupByRow[batches.Sum(b => (long)b.Length)];
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var batch in batches)
        {
            for (var r = 0; r < batch.Length; r++)
                rows[i++] = new GroupByRow(Text(batch, 0, r), Text(batch, 1, r), Text(batch, 2, r), Key(batch, 3, r), Key(batch, 4, r), Key(batch, 5, r), Key(batch, 6, r), Key(batch, 7, r), ((DoubleArray)batch.Column(8)).GetValue(r));
        }

        return rows;

        string? Text(RecordBatch batch, int column, int row)
        {
            if (((StringArray)batch.Column(column)).GetString(row) is not { } text)
                return null;
            return texts.TryGetValue(text, out var known) ? known : texts[text] = text;
        }

        static int? Key(RecordBatch batch, int column, int row) => ((Int32Array)batch.Column(column)).GetValue(row);
    }
}
