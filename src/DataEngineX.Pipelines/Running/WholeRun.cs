using System.Globalization;

namespace DataEngineX.Pipelines;

/// <summary>What the steps of a run cost together.</summary>
internal sealed class WholeRun
{
    private readonly List<RunStatistics> _steps = [];

    /// <summary>Adds a step that was published.</summary>
    public void Add(RunStatistics step) => _steps.Add(step);

    /// <summary>The cost of the run whose last step cost so much.</summary>
    public RunStatistics With(RunStatistics last)
    {
        if (_steps.Count == 0)
            return last;
        var all = _steps.Append(last).ToList();
        return last with
        {
            Elapsed = all.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Elapsed),
            LeakedBytes = all.Sum(s => s.LeakedBytes),
            PeakBytes = all.Max(s => s.PeakBytes),
            Operators = Operators(all),
            Explain = $"step {all.Count.ToString(CultureInfo.InvariantCulture)} of {all.Count.ToString(CultureInfo.InvariantCulture)}, the last:\n{last.Explain}",
        };
    }

    /// <summary>Operators of steps with one plan are summed one by one; a step whose plan is another, by sizes or by its inputs, keeps its own.</summary>
    private static List<OperatorStatistics> Operators(List<RunStatistics> steps)
    {
        var sums = new List<List<OperatorStatistics>>();
        foreach (var step in steps)
        {
            var same = sums.Find(s => s.Select(o => (o.Operator, o.Memory)).SequenceEqual(step.Operators.Select(o => (o.Operator, o.Memory))));
            if (same is null)
                sums.Add([.. step.Operators.Select(o => OperatorStatistics.Sum([o]))]);
            else
            {
                for (var i = 0; i < same.Count; i++)
                    same[i] = OperatorStatistics.Sum([same[i], step.Operators[i]]);
            }
        }

        return [.. sums.SelectMany(s => s)];
    }
}
