using Apache.Arrow;
using Apache.Arrow.Types;
using DuckDB.NET.Data;

namespace DataEngineX.Differential.Tests;

/// <summary>A table of random columns and rows, as uneven batches for us (some empty, some slices) and as a table of DuckDB.</summary>
internal sealed class RandomTable : IDisposable
{
    private readonly List<object?[]> _rows;

    public RandomTable(string name, Random random)
    {
        Name = name;
        Columns = [.. Enumerable.Range(0, random.Next(2, 7)).Select(i => Column($"{name}{i}", i == 0 ? (ColumnKind)random.Next(2) : DrawKind(random), random))];
        var nullShares = Columns.Select(_ => random.Next(20) == 0 ? 1 : random.Next(3) * 0.15).ToArray();
        _rows = [.. Enumerable.Range(0, random.Next(5) == 0 ? random.Next(3) : random.Next(120)).Select(_ => Columns.Select((c, i) => c.Draw(random, nullShares[i])).ToArray())];
        Batches = [.. Split(random)];
    }

    public string Name { get; }

    public IReadOnlyList<RandomColumn> Columns { get; }

    public IReadOnlyList<RecordBatch> Batches { get; }

    public Schema Schema => new(Columns.Select(c => c.ToField()), null);

    public int Rows => _rows.Count;

    /// <summary>Every value goes as a text, which DuckDB casts.</summary>
    public void CopyTo(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE OR REPLACE TABLE {Name}_text ({string.Join(", ", Columns.Select(c => $"{c.Name} VARCHAR"))})";
        command.ExecuteNonQuery();
        using (var appender = connection.CreateAppender($"{Name}_text"))
        {
            foreach (var values in _rows)
            {
                var row = appender.CreateRow();
                foreach (var value in values)
                    _ = SqlText.Of(value) is { } text ? row.AppendValue(text) : row.AppendNullValue();
                row.EndRow();
            }
        }

        command.CommandText = $"CREATE OR REPLACE TABLE {Name} AS SELECT {string.Join(", ", Columns.Select(c => $"{c.Name}::{c.Kind.SqlType} AS {c.Name}"))} FROM {Name}_text";
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var batch in Batches)
            batch.Dispose();
    }

    /// <summary>Every second column is of one of the types that most operators treat most carefully.</summary>
    private static ColumnKind DrawKind(Random random) => random.Next(2) == 0
        ? ColumnKinds.All[random.Next(ColumnKinds.All.Count)]
        : new[] { ColumnKind.Integer, ColumnKind.Text, ColumnKind.Double, ColumnKind.Date, ColumnKind.Long }[random.Next(5)];

    private static RandomColumn Column(string name, ColumnKind kind, Random random)
    {
        IArrowType? index = random.Next(3) != 0 || kind != ColumnKind.Text ? null : random.Next(2) == 0 ? Int32Type.Default : Int8Type.Default;
        return new RandomColumn(name, kind, index);
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
            if (random.Next(6) == 0)
                yield return Batch(start, 0, 3);
        }
    }

    /// <summary>Rows of the table; with a margin, cut out of a larger batch so that arrays have offsets.</summary>
    private RecordBatch Batch(int start, int count, int margin)
    {
        var before = Math.Min(margin, start);
        var after = Math.Min(margin, _rows.Count - start - count);
        var rows = _rows.GetRange(start - before, before + count + after);
        var whole = new RecordBatch(Schema, Columns.Select((c, i) => ArrowColumn.Of(c, [.. rows.Select(r => r[i])])), rows.Count);
        if (before + after == 0)
            return whole;
        using (whole)
            return whole.SliceShared(before, count);
    }
}
