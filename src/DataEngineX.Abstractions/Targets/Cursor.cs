namespace DataEngineX;

/// <summary>The input positions a pipeline has done, one for each dataset it reads.</summary>
/// <param name="Positions">By the text form of the dataset id: a table version, an encoded interval set, or whatever the source counts by.</param>
public sealed record Cursor(IReadOnlyDictionary<string, string> Positions)
{
    /// <summary>Nothing done yet.</summary>
    public static Cursor Empty { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The position of a dataset, or null.</summary>
    /// <param name="dataset">The dataset.</param>
    public string? this[DatasetId dataset]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(dataset);
            return Positions.GetValueOrDefault(dataset.ToString());
        }
    }

    /// <summary>The cursor after a run that read these versions.</summary>
    /// <param name="inputs">What the run reads.</param>
    public static Cursor After(IEnumerable<InputVersion> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var positions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in inputs)
            positions[input.Dataset.ToString()] = input.Position;
        return new Cursor(positions);
    }

    /// <summary>Whether both cursors stand at the same positions.</summary>
    /// <param name="other">The other cursor.</param>
    public bool Equals(Cursor? other) => other is not null && Positions.Count == other.Positions.Count
        && Positions.All(p => other.Positions.TryGetValue(p.Key, out var position) && string.Equals(position, p.Value, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override int GetHashCode() => Positions.Aggregate(0, (hash, p) => hash ^ HashCode.Combine(p.Key, p.Value));
}
