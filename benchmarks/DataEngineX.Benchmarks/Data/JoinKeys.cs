namespace DataEngineX.Benchmarks.Data;

/// <summary>
/// A set of join keys: of 1.1 times <c>count</c> shuffled numbers the first 0.9 are common, the next 0.1 only left and the last 0.1
/// only right, so that each side has <c>count</c> keys and about 90 % of them match.
/// </summary>
internal sealed class JoinKeys(long count)
{
    private readonly long _common = count - Math.Max(1, count / 10);
    private readonly Shuffle _values = new("J1", $"keys {count}", count + Math.Max(1, count / 10));

    public long Count => count;

    public int Left(long index) => (int)_values.At(index) + 1;

    public int Right(long index) => (int)_values.At(index < _common ? index : index + (count - _common)) + 1;
}
