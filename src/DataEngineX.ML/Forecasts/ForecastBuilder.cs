using DataEngineX.ML.Internal;

namespace DataEngineX.ML;

/// <summary>Describes where a model's forecasts stand and where what came true does. Nothing is read while describing.</summary>
public sealed class ForecastBuilder
{
    private readonly List<KeyValuePair<string, string>> _baselines = [];
    private DatasetId? _forecasts;
    private DatasetId? _actuals;
    private string? _key;
    private string? _for;
    private string? _value;
    private string? _version;
    private string? _actualKey;
    private string? _actualDate;
    private string? _actualValue;

    /// <summary>Names the table of forecasts: one row for each entity and day.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="table">The table's name.</param>
    /// <returns>This description.</returns>
    public ForecastBuilder Forecasts(Layer layer, string table)
    {
        _forecasts = DatasetId.Table(layer, table);
        return this;
    }

    /// <summary>Names the column that tells what a forecast is about, such as a location.</summary>
    /// <param name="column">A column of text or whole numbers.</param>
    /// <returns>This description.</returns>
    public ForecastBuilder Key(string column) => Set(ref _key, column);

    /// <summary>Names the column with the day a forecast is for.</summary>
    /// <param name="column">A date, or a timestamp of which the day counts.</param>
    /// <returns>This description.</returns>
    public ForecastBuilder For(string column) => Set(ref _for, column);

    /// <summary>Names the column with the forecast; rows where it is null are no forecasts.</summary>
    /// <param name="column">A numeric column.</param>
    /// <returns>This description.</returns>
    public ForecastBuilder Value(string column) => Set(ref _value, column);

    /// <summary>Names the column with the model's version; null counts as 0.</summary>
    /// <param name="column">A column of whole numbers.</param>
    /// <returns>This description.</returns>
    public ForecastBuilder Version(string column) => Set(ref _version, column);

    /// <summary>Adds what a simple rule would have said, to be judged on the same rows.</summary>
    /// <param name="name">The baseline's name.</param>
    /// <param name="column">A numeric column of the forecasts.</param>
    /// <returns>This description.</returns>
    public ForecastBuilder Baseline(string name, string column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        if (_baselines.Exists(b => b.Key == name))
            throw new ArgumentException($"There is a baseline '{name}' already.", nameof(name));
        _baselines.Add(new(name, column));
        return this;
    }

    /// <summary>Names the table of what came true: one row for each entity and day.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="table">The table's name.</param>
    /// <returns>This description.</returns>
    public ForecastBuilder Actuals(Layer layer, string table)
    {
        _actuals = DatasetId.Table(layer, table);
        return this;
    }

    /// <summary>Names the actuals' column that equals <see cref="Key"/>.</summary>
    /// <param name="column">The column. <value>Default: the name given to <see cref="Key"/>.</value></param>
    /// <returns>This description.</returns>
    public ForecastBuilder ActualKey(string column) => Set(ref _actualKey, column);

    /// <summary>Names the actuals' column with the day.</summary>
    /// <param name="column">A date or timestamp. <value>Default: the name given to <see cref="For"/>.</value></param>
    /// <returns>This description.</returns>
    public ForecastBuilder ActualDate(string column) => Set(ref _actualDate, column);

    /// <summary>Names the actuals' column with the value; null counts as not yet known.</summary>
    /// <param name="column">A numeric column.</param>
    /// <returns>This description.</returns>
    public ForecastBuilder ActualValue(string column) => Set(ref _actualValue, column);

    internal ForecastSpec Build(string model)
    {
        var key = _key ?? throw Fault(model, "it does not say what forecasts are about; call Key");
        var day = _for ?? throw Fault(model, "it does not say which day forecasts are for; call For");
        return new ForecastSpec
        {
            Model = model,
            Forecasts = _forecasts ?? throw Fault(model, "it has no table of forecasts; call Forecasts"),
            Key = key,
            For = day,
            Value = _value ?? throw Fault(model, "it does not say what was forecast; call Value"),
            Version = _version ?? throw Fault(model, "it does not say which version made a forecast; call Version"),
            Baselines = [.. _baselines],
            Actuals = _actuals ?? throw Fault(model, "it has no table of what came true; call Actuals"),
            ActualKey = _actualKey ?? key,
            ActualDate = _actualDate ?? day,
            ActualValue = _actualValue ?? throw Fault(model, "it does not say what came true; call ActualValue"),
        };
    }

    private static PlanException Fault(string model, string what)
        => new($"The forecasts of model '{model}' cannot be followed: {what}.", "track_forecasts");

    private ForecastBuilder Set(ref string? field, string column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        field = column;
        return this;
    }
}
