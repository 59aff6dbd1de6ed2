namespace DataEngineX.Quality;

/// <summary>How often the categories of two columns stand together.</summary>
internal sealed class AssociationState(AssociationRule rule, StoredColumn first, StoredColumn second, Bounds bounds, RuleContext context) : RuleState
{
    private readonly KeyCounts _counts = new([first, second], context);

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        if (!rule.MissingIsValue)
        {
            batch.SkipMissing(first.Ordinal, marks);
            batch.SkipMissing(second.Ordinal, marks);
        }

        _counts.Add(batch, marks);
    }

    public override void Merge(RuleState other, long rowsBefore) => _counts.Merge(((AssociationState)other)._counts);

    public override void Save(BinaryWriter writer) => _counts.Save(writer);

    public override void Load(BinaryReader reader) => _counts.Load(reader);

    public override Verdict Finish(Verdict counted)
    {
        var association = Association();
        return association is { } found
            ? Observation.Verdict(counted, bounds.Hold(found), Observation.Number(found))
            : Observation.Verdict(counted, !bounds.Any, null);
    }

    protected override void Dispose(bool disposing)
    {
        _counts.Dispose();
        base.Dispose(disposing);
    }

    private double? Association()
    {
        var (cells, rows, columns) = Table();
        var least = Math.Min(rows.Count, columns.Count);
        if (least < 2)
            return null;
        var chi = rule.IsCorrected && rows.Count == 2 && columns.Count == 2
            ? Corrected(cells, rows, columns)
            // Cells come in any order, and their sum is to be the same.
            : cells.Select(c => (double)c.Value * c.Value / ((double)rows[c.Key.Row] * columns[c.Key.Column])).Order().Sum() - 1;
        // What rounding leaves outside of 0 to 1 is the end.
        return Math.Sqrt(Math.Clamp(chi / (least - 1), 0, 1));
    }

    /// <summary>Chi-square of two by two by the number of rows, each count moved towards what is expected by up to a half.</summary>
    private double Corrected(Dictionary<(int Row, int Column), long> cells, Dictionary<int, long> rows, Dictionary<int, long> columns)
    {
        var all = (double)_counts.Total;
        return rows.SelectMany(r => columns.Select(c =>
        {
            var expected = r.Value * (c.Value / all);
            var off = Math.Abs(cells.GetValueOrDefault((r.Key, c.Key)) - expected);
            off -= Math.Min(0.5, off);
            return off * off / expected;
        })).Order().Sum() / all;
    }

    /// <summary>The cells of the table, and the counts of its rows and columns.</summary>
    private (Dictionary<(int Row, int Column), long> Cells, Dictionary<int, long> Rows, Dictionary<int, long> Columns) Table()
    {
        var (down, across) = (Categories.Of(first, rule.FirstBins), Categories.Of(second, rule.SecondBins));
        _counts.Visit((key, count) =>
        {
            var length = KeyEncoder.LengthOfFirst(key, first);
            See(down, first, key[..length], count);
            See(across, second, key[length..], count);
        });
        down.Close();
        across.Close();
        var (cells, rows, columns) = (new Dictionary<(int, int), long>(), new Dictionary<int, long>(), new Dictionary<int, long>());
        _counts.Visit((key, count) =>
        {
            var length = KeyEncoder.LengthOfFirst(key, first);
            var cell = (Row: CategoryOf(down, first, key[..length]), Column: CategoryOf(across, second, key[length..]));
            cells[cell] = cells.GetValueOrDefault(cell) + count;
            rows[cell.Row] = rows.GetValueOrDefault(cell.Row) + count;
            columns[cell.Column] = columns.GetValueOrDefault(cell.Column) + count;
        });
        return (cells, rows, columns);
    }

    private static void See(Categories categories, StoredColumn column, ReadOnlySpan<byte> part, long count)
    {
        if (part[0] != 0)
            categories.See(Value(column, part), count);
    }

    private static int CategoryOf(Categories categories, StoredColumn column, ReadOnlySpan<byte> part) =>
        part[0] == 0 ? Categories.Missing : categories.Of(Value(column, part));

    /// <summary>The bytes of the value behind the mark that there is one, and a text's behind its length.</summary>
    private static ReadOnlySpan<byte> Value(StoredColumn column, ReadOnlySpan<byte> part) => part[(KeyEncoder.WidthOf(column.Type) < 0 ? 1 + sizeof(int) : 1)..];
}
