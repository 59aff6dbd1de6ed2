using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>How often the values of two columns stand together.</summary>
internal sealed class AssociationState(StoredColumn first, StoredColumn second, Bounds bounds, RuleContext context) : RuleState
{
    private const int MostValues = 1000;

    private readonly KeyCounts _counts = new([first, second], context);

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        batch.SkipMissing(first.Ordinal, marks);
        batch.SkipMissing(second.Ordinal, marks);
        _counts.Add(batch, marks);
    }

    public override void Merge(RuleState other, long rowsBefore) => _counts.Merge(((AssociationState)other)._counts);

    public override void Save(BinaryWriter writer) => _counts.Save(writer);

    public override void Load(BinaryReader reader) => _counts.Load(reader);

    public override Verdict Finish(Verdict counted)
    {
        var (rows, columns, cells) = Table();
        var least = Math.Min(rows.Count, columns.Count);
        if (least < 2)
            return Observation.Verdict(counted, !bounds.Any, null);
        // Chi-square by the number of rows. Cells come in any order, and their sum is to be the same; what rounding leaves outside of 0 to 1 is the end.
        var share = cells.Select(c => (double)c.Count * c.Count / ((double)rows[c.Row] * columns[c.Column])).Order().Sum() - 1;
        var association = Math.Sqrt(Math.Clamp(share / (least - 1), 0, 1));
        return Observation.Verdict(counted, bounds.Hold(association), Observation.Number(association));
    }

    protected override void Dispose(bool disposing)
    {
        _counts.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The counts of the rows and columns of the table, and its cells.</summary>
    private (Dictionary<string, long> Rows, Dictionary<string, long> Columns, List<(string Row, string Column, long Count)> Cells) Table()
    {
        var (rows, columns) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, long>(StringComparer.Ordinal));
        var cells = new List<(string Row, string Column, long Count)>();
        _counts.Visit((key, count) =>
        {
            var length = KeyEncoder.LengthOfFirst(key, first);
            var cell = (Row: Convert.ToHexString(key[..length]), Column: Convert.ToHexString(key[length..]), count);
            CollectionsMarshal.GetValueRefOrAddDefault(rows, cell.Row, out _) += count;
            CollectionsMarshal.GetValueRefOrAddDefault(columns, cell.Column, out _) += count;
            cells.Add(cell);
            Limit(rows.Count, first.Name);
            Limit(columns.Count, second.Name);
        });
        return (rows, columns, cells);
    }

    private static void Limit(int values, string column)
    {
        if (values > MostValues)
            throw new InvalidOperationException($"Column '{column}' has more than {MostValues} different values: an association is one of categories.");
    }
}
