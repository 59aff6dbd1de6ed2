using Apache.Arrow;
using DuckDB.NET.Data;

namespace DataEngineX.Differential.Tests;

/// <summary>A table of random columns and rows, as uneven batches for us (some empty, some slices) and as a table of DuckDB.</summary>
internal sealed class RandomTable : IDisposable
{
    private readonly List<object?[]> _rows;
    private readonly HashSet<string> _dictionaries = [];

    public RandomTable(string name, Random random)
    {
        Name = name;
        var kinds = Enum.GetValues<ColumnKind>();
        Columns = [.. Enumerable.Range(0, random.Next(2, 7)).Select(i => new RandomColumn($"{name}{i}", kinds[i == 0 ? random.Next(2) : random.Next(kinds.Length)]))];
        var nullShare = random.Next(3) * 0.15;
        _rows = [.. Enumerable.Range(0, random.Next(5) == 0 ? random.Next(3) : random.Next(120)).Select(_ => Columns.Select(c => c.Draw(random, nullShare)).ToArray())];
        _dictionaries.UnionWith(Columns.Where(c => c.Kind == ColumnKind.Text && random.Next(3) == 0).Select(c => c.Name));
        Batches = [.. Split(random)];
    }

    public string Name { get; }

    public IReadOnlyList<RandomColumn> Columns { get; }

    public IReadOnlyList<RecordBatch> Batches { get; }

    public Schema Schema => new(Columns.Select(c => c.ToField(_dictionaries.Contains(c.Name))), null);

    public int Rows => _rows.Count;

    public void CopyTo(DuckDBConnection connection)
    {
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"CREATE OR REPLACE TABLE {Name} ({string.Join(", ", Columns.Select(c => $"{c.Name} {c.SqlType}"))})";
            command.ExecuteNonQuery();
        }

        using var appender = connection.CreateAppender(Name);
        foreach (var values in _rows)
        {
            var row = appender.CreateRow();
            foreach (var value in values)
            {
                _ = value switch
                {
                    null => row.AppendNullValue(),
                    int v => row.AppendValue(v),
                    long v => row.AppendValue(v),
                    double v => row.AppendValue(v),
                    string v => row.AppendValue(v),
                    bool v => row.AppendValue(v),
                    _ => row.AppendValue((DateOnly)value),
                };
            }

            row.EndRow();
        }
    }

    public void Dispose()
    {
        foreach (var batch in Batches)
            batch.Dispose();
    }

    private IEnumerable<RecordBatch> Split(Random random)
    {
        if (random.Next(3) == 0)
            yield return Batch(0, 0, 0);
        for (var start = 0; start < _rows.Count;)
        {
            var count = Math.Min(random.Next(1, 50), _rows.Count - start);
            yield return Batch(start, count, random.Next(2) == 0 ? 0 : random.Next(1, 20));
            start += count;
        }
    }

    /// <summary>Rows of the table; with a margin, cut out of a larger batch so that arrays have offsets.</summary>
    private RecordBatch Batch(int start, int count, int margin)
    {
        var before = Math.Min(margin, start);
        var after = Math.Min(margin, _rows.Count - start - count);
        var rows = _rows.GetRange(start - before, before + count + after);
        var arrays = Columns.Select((c, i) => c.ToArrow([.. rows.Select(r => r[i])], _dictionaries.Contains(c.Name)));
        var whole = new RecordBatch(Schema, arrays, rows.Count);
        if (before + after == 0)
            return whole;
        using (whole)
            return whole.SliceShared(before, count);
    }
}
