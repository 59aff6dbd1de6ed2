namespace DataEngineX.ML;

/// <summary>The folds of a rolling-origin evaluation: origins at equal calendar steps, the training window growing with each.</summary>
public sealed record RollingOrigin
{
    /// <summary>Describes the folds.</summary>
    /// <param name="first">The first origin: the first day judged.</param>
    /// <param name="folds">How many folds, at least 1.</param>
    /// <param name="months">The months each fold judges, at least 1.</param>
    public RollingOrigin(DateOnly first, int folds, int months)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        First = first;
        Months = months;
        var start = first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        Folds = [.. Enumerable.Range(0, folds).Select(k => new TimeFold(start.AddMonths(k * months), start.AddMonths((k + 1) * months)))];
    }

    /// <summary>The first origin.</summary>
    public DateOnly First { get; }

    /// <summary>The months each fold judges.</summary>
    public int Months { get; }

    /// <summary>The folds in order of time; they touch and never overlap.</summary>
    public IReadOnlyList<TimeFold> Folds { get; }

    /// <summary>The first instant after the last fold.</summary>
    public DateTime End => Folds[^1].End;
}
