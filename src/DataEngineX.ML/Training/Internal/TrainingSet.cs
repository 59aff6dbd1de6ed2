using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.ML.Internal;

/// <summary>All rows of a training in columns, sorted by group and time.</summary>
internal sealed class TrainingSet
{
    public required DateTime[] Times { get; init; }

    /// <summary>When each row's label becomes known: splits are by this, so that a label never leaks across one.</summary>
    public required DateTime[] LabelTimes { get; init; }

    public required string[]? Groups { get; init; }

    public required float[][] Numbers { get; init; }

    public required string?[][] Texts { get; init; }

    public required double[][] Baselines { get; init; }

    public required double[] Labels { get; init; }

    /// <summary>Whether a row has its label and all its features.</summary>
    public required bool[] Complete { get; init; }

    public bool SameGroup(int left, int right) => Groups is null || string.Equals(Groups[left], Groups[right], StringComparison.Ordinal);

    /// <summary>The rows that may be learned from, in order.</summary>
    public int[] Learned(Func<DateTime, bool> learns)
        => [.. Enumerable.Range(0, Times.Length).Where(r => Complete[r] && learns(LabelTimes[r]))];

    /// <summary>The rows that can be judged: with all features, label and baselines, so that every contender sees the same rows.</summary>
    public int[] Judged(Func<DateTime, bool> judges)
        => [.. Enumerable.Range(0, Times.Length)
            .Where(r => Complete[r] && judges(LabelTimes[r]) && System.Array.TrueForAll(Baselines, b => !double.IsNaN(b[r])))];

    public string[] GroupsOf(int[] rows)
        => Groups is null ? [] : [.. rows.Select(r => Groups[r]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The chosen rows as the columns a model takes, and the label; the caller owns the batch.</summary>
    public RecordBatch ToBatch(TrainingSpec spec, int[] rows)
    {
        var fields = new List<Field>();
        var arrays = new List<IArrowArray>();
        var numbers = spec.Numbers.ToArray();
        for (var c = 0; c < numbers.Length; c++)
            AddNumber(numbers[c], Numbers[c]);
        for (var c = 0; c < spec.Categories.Count; c++)
            AddText(spec.Categories[c], Texts[c]);
        if (Groups is not null)
            AddText(spec.Group!, Groups);
        AddNumber(ModelPipeline.LabelColumn, System.Array.ConvertAll(Labels, l => (float)l));
        return new RecordBatch(new Apache.Arrow.Schema(fields, null), arrays, rows.Length);

        void AddNumber(string name, float[] values)
        {
            var builder = new FloatArray.Builder().Reserve(rows.Length);
            foreach (var row in rows)
                builder.Append(values[row]);
            fields.Add(new Field(name, FloatType.Default, false));
            arrays.Add(builder.Build());
        }

        void AddText(string name, string?[] values)
        {
            var builder = new StringArray.Builder().Reserve(rows.Length);
            foreach (var row in rows)
                builder.Append(values[row]);
            fields.Add(new Field(name, StringType.Default, false));
            arrays.Add(builder.Build());
        }
    }
}
