using DataEngineX.ML.Internal;

namespace DataEngineX.ML;

/// <summary>
/// Describes how a model that predicts a number from time-ordered rows is trained, chosen and judged. Nothing runs while describing.
/// </summary>
/// <remarks>
/// Candidates are compared by the mean absolute error over rolling-origin folds; the best is fitted once on everything before the
/// holdout, and the holdout is read once, after the choice. Equal data and seed give equal metrics.
/// </remarks>
public sealed class TrainingBuilder
{
    private readonly List<string> _features = [];
    private readonly List<string> _categories = [];
    private readonly List<KeyValuePair<string, string>> _baselines = [];
    private readonly List<CandidateSpec> _candidates = [];
    private string? _season;
    private double _seasonPeriod = 365.25;
    private string? _label;
    private TimeSpan _ahead;
    private string? _time;
    private string? _group;
    private int _seed = 42;
    private RollingOrigin? _folds;
    private DateTime? _holdoutFrom;
    private DateTime? _holdoutUntil;
    private PromotionPolicy _promotion = new();

    /// <summary>Adds numeric or Boolean feature columns. A row with a null in one of them is not learned from.</summary>
    /// <param name="columns">The columns.</param>
    /// <returns>This description.</returns>
    public TrainingBuilder Features(params string[] columns)
    {
        Add(_features, columns);
        return this;
    }

    /// <summary>Adds text feature columns with few values; a value not seen in training counts as none of them.</summary>
    /// <param name="columns">The columns.</param>
    /// <returns>This description.</returns>
    public TrainingBuilder Categories(params string[] columns)
    {
        Add(_categories, columns);
        return this;
    }

    /// <summary>Names the column that tells where in the season the predicted instant lies; candidates make harmonics of it.</summary>
    /// <param name="column">A numeric column such as the day of the year.</param>
    /// <param name="period">The length of a season in the column's unit. <value>Default: 365.25.</value></param>
    /// <returns>This description.</returns>
    public TrainingBuilder Season(string column, double period = 365.25)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(period);
        (_season, _seasonPeriod) = (column, period);
        return this;
    }

    /// <summary>Names what is predicted.</summary>
    /// <param name="column">A numeric column.</param>
    /// <param name="ahead">
    /// How far after a row's time the label lies: the label is then the column's value in the row of the same group at exactly that later
    /// time, and rows without one are not learned from. Zero takes the row's own value. <value>Default: zero.</value>
    /// </param>
    /// <returns>This description.</returns>
    public TrainingBuilder Label(string column, TimeSpan ahead = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, TimeSpan.Zero);
        (_label, _ahead) = (column, ahead);
        return this;
    }

    /// <summary>Names the date or timestamp column that orders rows.</summary>
    /// <param name="column">The column.</param>
    /// <returns>This description.</returns>
    public TrainingBuilder TimeColumn(string column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        _time = column;
        return this;
    }

    /// <summary>Names the text column that tells series apart; errors are told for each group too.</summary>
    /// <param name="column">The column.</param>
    /// <returns>This description.</returns>
    public TrainingBuilder GroupBy(string column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        _group = column;
        return this;
    }

    /// <summary>Sets the seed of everything random. <value>Default: 42.</value></summary>
    /// <param name="seed">The seed.</param>
    /// <returns>This description.</returns>
    public TrainingBuilder Seed(int seed)
    {
        _seed = seed;
        return this;
    }

    /// <summary>Adds a baseline that must be beaten: a column whose value is its prediction. Rows without a value are not judged.</summary>
    /// <param name="name">The baseline's name, such as <c>persistence</c>.</param>
    /// <param name="column">A numeric column.</param>
    /// <returns>This description.</returns>
    public TrainingBuilder Baseline(string name, string column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        if (_baselines.Exists(b => b.Key == name))
            throw new ArgumentException($"There is a baseline '{name}' already.", nameof(name));
        _baselines.Add(new(name, column));
        return this;
    }

    /// <summary>Adds a candidate. Of equally good ones the first added is chosen.</summary>
    /// <param name="name">Its name, told in the model card.</param>
    /// <param name="describe">Describes features and trainer; a ridge regression with two harmonics when left out.</param>
    /// <returns>This description.</returns>
    public TrainingBuilder Candidate(string name, Action<CandidateBuilder>? describe = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_candidates.Exists(c => c.Name == name))
            throw new ArgumentException($"There is a candidate '{name}' already.", nameof(name));
        var builder = new CandidateBuilder();
        describe?.Invoke(builder);
        _candidates.Add(builder.Build(name));
        return this;
    }

    /// <summary>Sets the folds candidates are compared on.</summary>
    /// <param name="first">The first day judged; everything before it is learned from in the first fold.</param>
    /// <param name="folds">How many folds. <value>Default: 6.</value></param>
    /// <param name="months">The months judged by each fold. <value>Default: 3.</value></param>
    /// <returns>This description.</returns>
    public TrainingBuilder RollingOrigin(DateOnly first, int folds = 6, int months = 3)
    {
        _folds = new RollingOrigin(first, folds, months);
        return this;
    }

    /// <summary>
    /// Sets rows aside that are read once, after the choice; the model is fitted on everything before them. While the data has no such rows
    /// yet, promotion is decided by the rolling-origin evaluation.
    /// </summary>
    /// <param name="from">The first label day set aside.</param>
    /// <param name="until">The first label day after them; null for no end.</param>
    /// <returns>This description.</returns>
    public TrainingBuilder Holdout(DateOnly from, DateOnly? until = null)
    {
        if (until <= from)
            throw new ArgumentException($"A holdout from {from:O} cannot end at {until:O}.", nameof(until));
        _holdoutFrom = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        _holdoutUntil = until?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        return this;
    }

    /// <summary>
    /// Sets when a new version takes over an alias. <value>Default: champion when no worse than the best baseline.</value>
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This description.</returns>
    public TrainingBuilder Promote(PromotionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _promotion = policy;
        return this;
    }

    internal TrainingSpec Build(string name)
    {
        var doubled = _features.Concat(_categories).GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (doubled is not null)
            throw Fault(name, $"feature '{doubled.Key}' is named twice");
        if (_features.Count == 0)
            throw Fault(name, "it has no numeric features; call Features");
        if (_candidates.Count == 0)
            throw Fault(name, "it has no candidates; call Candidate");
        if (_folds is null)
            throw Fault(name, "it has no folds to compare candidates on; call RollingOrigin");
        if (_folds.End > _holdoutFrom)
            throw Fault(name, $"the last fold ends on {_folds.End:yyyy-MM-dd}, inside the holdout from {_holdoutFrom:yyyy-MM-dd}");
        if (_season is null && _candidates.Find(c => c.Interactions) is { } seasonal)
            throw Fault(name, $"candidate '{seasonal.Name}' has seasonal interactions but there is no season; call Season");
        if (_group is null && _candidates.Find(c => c.PerGroup) is { } grouped)
            throw Fault(name, $"candidate '{grouped.Name}' is per group but there are no groups; call GroupBy");
        return new TrainingSpec
        {
            Name = name,
            Features = [.. _features],
            Categories = [.. _categories],
            Season = _season,
            SeasonPeriod = _seasonPeriod,
            Label = _label ?? throw Fault(name, "it does not say what is predicted; call Label"),
            Ahead = _ahead,
            Time = _time ?? throw Fault(name, "it does not say how rows are ordered; call TimeColumn"),
            Group = _group,
            Seed = _seed,
            Baselines = [.. _baselines],
            Candidates = [.. _candidates],
            Folds = _folds,
            HoldoutFrom = _holdoutFrom,
            HoldoutUntil = _holdoutUntil,
            Promotion = _promotion,
        };
    }

    private static PlanException Fault(string name, string what)
        => new($"The training of model '{name}' cannot be used: {what}.", "train_model");

    private static void Add(List<string> columns, string[] added)
    {
        ArgumentNullException.ThrowIfNull(added);
        foreach (var column in added)
            ArgumentException.ThrowIfNullOrWhiteSpace(column, nameof(added));
        columns.AddRange(added);
    }
}
