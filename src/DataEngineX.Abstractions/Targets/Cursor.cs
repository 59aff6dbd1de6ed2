namespace DataEngineX;

/// <summary>The input positions a pipeline has done, one for each dataset it reads.</summary>
/// <param name="Positions">By the text form of the dataset id: a table version, an encoded interval set, or whatever the source counts by.</param>
public sealed record Cursor(IReadOnlyDictionary<string, string> Positions)
{
    /// <summary>Nothing done yet.</summary>
    public static Cursor Empty { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>
    /// By the text form of the dataset id, what <see cref="BatchSource.IdentifyAsync"/> told of the position: another dataset that takes the place of one that was
    /// read counts by the same numbers. <value>Default: none is known.</value>
    /// </summary>
    public IReadOnlyDictionary<string, string> Identities { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

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
        var cursor = Empty;
        foreach (var input in inputs)
            cursor = cursor.With(input);
        return cursor;
    }

    /// <summary>The cursor once a version was read.</summary>
    /// <param name="input">What was read.</param>
    public Cursor With(InputVersion input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return With(input.Dataset.ToString(), input.Position, input.Identity);
    }

    /// <summary>The cursor at another position of one dataset.</summary>
    /// <param name="dataset">The text form of the dataset id.</param>
    /// <param name="position">The position.</param>
    /// <param name="identity">What tells the dataset at the position from another in its place, or null.</param>
    public Cursor With(string dataset, string position, string? identity = null)
    {
        var positions = new SortedDictionary<string, string>(Positions.ToDictionary(), StringComparer.Ordinal) { [dataset] = position };
        var identities = new SortedDictionary<string, string>(Identities.ToDictionary(), StringComparer.Ordinal);
        if (identity is null)
            identities.Remove(dataset);
        else
            identities[dataset] = identity;
        return new Cursor(positions) { Identities = identities };
    }

    /// <summary>Whether both cursors stand at the same positions, of whichever datasets took the places.</summary>
    /// <param name="other">The other cursor.</param>
    public bool Equals(Cursor? other) => other is not null && Positions.Count == other.Positions.Count
        && Positions.All(p => other.Positions.TryGetValue(p.Key, out var position) && string.Equals(position, p.Value, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override int GetHashCode() => Positions.Aggregate(0, (hash, p) => hash ^ HashCode.Combine(p.Key, p.Value));
}
