namespace DataEngineX.Pipelines.Tests.Compute;

/// <summary>Equality of keys as the kernels mean it: null equals null, one zero, one NaN.</summary>
internal sealed class SameKey : IEqualityComparer<object?>, IEqualityComparer<object?[]>
{
    public static IEqualityComparer<object?> Comparer { get; } = new SameKey();

    public static IEqualityComparer<object?[]> RowComparer { get; } = (SameKey)Comparer;

    public static object? Canonical(object? value) => value switch
    {
        double and 0 => 0.0,
        float and 0 => 0f,
        Half h when h == (Half)0 => (Half)0,
        _ => value,
    };

    bool IEqualityComparer<object?>.Equals(object? x, object? y) => Equals(Canonical(x), Canonical(y));

    int IEqualityComparer<object?>.GetHashCode(object? obj) => Canonical(obj)?.GetHashCode() ?? 0;

    bool IEqualityComparer<object?[]>.Equals(object?[]? x, object?[]? y) =>
        x!.Select(Canonical).SequenceEqual(y!.Select(Canonical));

    int IEqualityComparer<object?[]>.GetHashCode(object?[] obj)
    {
        var hash = default(HashCode);
        foreach (object? value in obj)
        {
            hash.Add(Canonical(value));
        }

        return hash.ToHashCode();
    }
}
