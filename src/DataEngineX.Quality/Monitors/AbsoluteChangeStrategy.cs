namespace DataEngineX.Quality;

/// <summary>The difference of a value from those before it lies between two bounds.</summary>
/// <param name="MaxDecrease">How much a value may fall; at least 0.</param>
/// <param name="MaxIncrease">How much a value may rise; at least 0.</param>
/// <param name="Order">
/// 1 for the difference from the value before; 2 for the difference of that from the one before it, and so on. <value>Default: 1.</value>
/// </param>
public sealed record AbsoluteChangeStrategy(double MaxDecrease, double MaxIncrease, int Order = 1) : AnomalyStrategy
{
    /// <summary>The order of the difference, 1 to 10.</summary>
    public int Order { get; init; } = Order is >= 1 and <= 10
        ? Order
        : throw new ArgumentOutOfRangeException(nameof(Order), Order, "The order of a difference lies from 1 to 10.");

    /// <inheritdoc/>
    protected override FormattableString Form => $"absolute_change({MaxDecrease}, {MaxIncrease}, {Order})";

    /// <inheritdoc/>
    protected override int Needed => Order;

    /// <inheritdoc/>
    protected override (double Lower, double Upper, string Basis)? Expect(IReadOnlyList<MetricPoint> history, MetricPoint current)
    {
        // The difference of an order is the value less a fixed sum of those before: Σ (-1)^i C(order, i) x[n - i].
        double expected = 0, binomial = 1;
        for (var i = 1; i <= Order; i++)
        {
            binomial = binomial * (Order - i + 1) / i;
            expected += (i % 2 == 1 ? 1 : -1) * binomial * history[^i].Value;
        }

        return (expected - MaxDecrease, expected + MaxIncrease, Order == 1 ? "the value before" : $"the {Order} values before");
    }
}
