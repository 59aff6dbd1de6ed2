using Apache.Arrow;

namespace DataEngineX.ML.Internal;

/// <summary>Collects the columns a training needs from batches, without keeping the batches.</summary>
internal sealed class TrainingRows
{
    private readonly TrainingSpec _spec;
    private readonly List<DateTime> _times = [];
    private readonly List<string> _groups = [];
    private readonly List<double> _targets = [];
    private readonly List<float>[] _numbers;
    private readonly List<string?>[] _texts;
    private readonly List<double>[] _baselines;

    public TrainingRows(TrainingSpec spec)
    {
        _spec = spec;
        _numbers = [.. spec.Numbers.Select(_ => new List<float>())];
        _texts = [.. spec.Categories.Select(_ => new List<string?>())];
        _baselines = [.. spec.Baselines.Select(_ => new List<double>())];
    }

    public void Add(RecordBatch batch)
    {
        var times = Read(batch, _spec.Time, "a date or timestamp", NumberFill.TimeFor);
        var missing = System.Array.IndexOf(times, default);
        if (missing >= 0)
            throw new MalformedDataException($"Time column '{_spec.Time}' is null in row {missing} of a batch.", _spec.Time);
        _times.AddRange(times);
        if (_spec.Group is { } group)
        {
            _groups.AddRange(Texts(batch, group)
                .Select(g => g ?? throw new MalformedDataException($"Group column '{group}' is null.", group)));
        }

        _targets.AddRange(Read(batch, _spec.Label, "a number", NumberFill.For<double>));
        var i = 0;
        foreach (var column in _spec.Numbers)
            _numbers[i++].AddRange(Read(batch, column, "a number", NumberFill.For<float>));
        for (i = 0; i < _texts.Length; i++)
            _texts[i].AddRange(Texts(batch, _spec.Categories[i]));
        for (i = 0; i < _baselines.Length; i++)
            _baselines[i].AddRange(Read(batch, _spec.Baselines[i].Value, "a number", NumberFill.For<double>));
    }

    /// <summary>Sorts by group and time, finds each row's label, and tells which rows can be learned from.</summary>
    public TrainingSet Build()
    {
        var rows = _times.Count;
        var order = Enumerable.Range(0, rows).ToArray();
        var groups = _spec.Group is null ? null : _groups;
        System.Array.Sort(order, (a, b) =>
        {
            var byGroup = groups is null ? 0 : string.CompareOrdinal(groups[a], groups[b]);
            return byGroup != 0 ? byGroup : _times[a].CompareTo(_times[b]);
        });
        var set = new TrainingSet
        {
            Times = [.. order.Select(r => _times[r])],
            LabelTimes = [.. order.Select(r => _times[r] + _spec.Ahead)],
            Groups = groups is null ? null : [.. order.Select(r => groups[r])],
            Numbers = [.. _numbers.Select(c => order.Select(r => c[r]).ToArray())],
            Texts = [.. _texts.Select(c => order.Select(r => c[r]).ToArray())],
            Baselines = [.. _baselines.Select(c => order.Select(r => c[r]).ToArray())],
            Labels = new double[rows],
            Complete = new bool[rows],
        };
        RequireDistinct(set);
        var targets = order.Select(r => _targets[r]).ToArray();
        for (var r = 0; r < rows; r++)
        {
            set.Labels[r] = Ahead(set, targets, r);
            set.Complete[r] = !double.IsNaN(set.Labels[r])
                && System.Array.TrueForAll(set.Numbers, c => !float.IsNaN(c[r]))
                && System.Array.TrueForAll(set.Texts, c => c[r] is not null);
        }

        return set;
    }

    private double Ahead(TrainingSet set, double[] targets, int row)
    {
        if (_spec.Ahead == TimeSpan.Zero)
            return targets[row];
        for (var r = row + 1; r < targets.Length && set.SameGroup(row, r) && set.Times[r] <= set.LabelTimes[row]; r++)
        {
            if (set.Times[r] == set.LabelTimes[row])
                return targets[r];
        }

        return double.NaN;
    }

    private void RequireDistinct(TrainingSet set)
    {
        for (var r = 1; r < set.Times.Length; r++)
        {
            if (set.Times[r] == set.Times[r - 1] && set.SameGroup(r, r - 1))
            {
                var of = set.Groups is null ? "" : $" of '{set.Groups[r]}'";
                throw new MalformedDataException(
                    $"Two rows{of} have the same time {set.Times[r]:O} in column '{_spec.Time}'; training needs one.", _spec.Time);
            }
        }
    }

    private static string?[] Texts(RecordBatch batch, string column)
        => [.. Read(batch, column, "text", NumberFill.TextFor).Select(t => t.Equals(default) ? null : t.ToString())];

    private static T[] Read<T>(
        RecordBatch batch, string column, string expected, Func<Apache.Arrow.Types.IArrowType, ColumnFill<T>?> kernel)
    {
        var index = batch.Schema.GetFieldIndex(column);
        if (index < 0)
            throw new MalformedDataException($"Column '{column}' is missing; training expects {expected}.", column);
        var array = batch.Column(index);
        var fill = kernel(array.Data.DataType)
            ?? throw new MalformedDataException($"Column '{column}' is {array.Data.DataType.Name}; training expects {expected}.", column);
        var values = new T[array.Length];
        fill(array, values);
        return values;
    }
}
