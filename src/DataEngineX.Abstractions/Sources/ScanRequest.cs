using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX;

/// <summary>A read of one source in one run.</summary>
public sealed record ScanRequest
{
    /// <summary>What to read.</summary>
    public required InputVersion Input { get; init; }

    /// <summary>The columns to yield, in this order and with these types.</summary>
    public required Schema Schema { get; init; }

    /// <summary>A condition the source may use to skip data; rows that do not satisfy it may still be yielded.</summary>
    public Expr? Predicate { get; init; }

    /// <summary>The most rows that will be used; a source may stop after as many that satisfy <see cref="Predicate"/>. <value>Default: null, all.</value></summary>
    public long? RowLimit { get; init; }

    /// <summary>Whether the rows will be appended, so that a source must fail rather than yield one that an earlier run had already. <value>Default: false.</value></summary>
    public bool AppendsOnly { get; init; }

    /// <summary>Allocator, row account, side outputs and data access of the run.</summary>
    public required OperatorContext Context { get; init; }
}
