namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>The least and the greatest of values, if they have an order.</summary>
internal struct ValueBounds<T>
    where T : unmanaged, IComparable<T>
{
    /// <summary>Whether there was a value.</summary>
    internal bool Any { get; private set; }

    /// <summary>Whether there was a value without a place in the order.</summary>
    internal bool IsUnordered { get; private set; }

    internal T Min { get; private set; }

    internal T Max { get; private set; }

    internal void Add(T min, T max)
    {
        if (!Any || min.CompareTo(Min) < 0)
            Min = min;
        if (!Any || max.CompareTo(Max) > 0)
            Max = max;
        Any = true;
    }

    internal void AddUnordered() => IsUnordered = true;

    internal void Add(ValueBounds<T> other)
    {
        IsUnordered |= other.IsUnordered;
        if (other.Any)
            Add(other.Min, other.Max);
    }
}
