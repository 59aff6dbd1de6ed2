using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;

namespace DataEngineX.Pipelines;

/// <summary>Says what a target promises and what happens when the flow has other columns.</summary>
public sealed class ContractBuilder
{
    private readonly Dictionary<string, ContractMode> _columns = new(StringComparer.Ordinal);
    private ContractMode _newColumns;
    private ContractMode _types;
    private Schema? _promised;

    internal ContractBuilder()
    {
    }

    internal TableContract Contract => new() { NewColumns = _newColumns, Types = _types, Columns = _columns, Promised = _promised };

    /// <summary>What happens to all columns, new ones and those of another type.</summary>
    /// <param name="mode">The mode.</param>
    public ContractBuilder All(ContractMode mode) => NewColumns(mode).Types(mode);

    /// <summary>What happens to columns that the flow has and the contract has not.</summary>
    /// <param name="mode">The mode.</param>
    public ContractBuilder NewColumns(ContractMode mode)
    {
        _newColumns = mode;
        return this;
    }

    /// <summary>What happens to values whose type is not that of their column.</summary>
    /// <param name="mode">The mode.</param>
    public ContractBuilder Types(ContractMode mode)
    {
        _types = mode;
        return this;
    }

    /// <summary>What happens to one column, whatever is said of the others.</summary>
    /// <param name="column">The column.</param>
    /// <param name="mode">The mode.</param>
    public ContractBuilder Column(string column, ContractMode mode)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        _columns[column] = mode;
        return this;
    }

    /// <summary>Promises the columns of a row type, from the first commit on.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    public ContractBuilder Promises<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>() => Promises(RowShape.SchemaOf<T>());

    /// <summary>Promises columns, from the first commit on.</summary>
    /// <param name="columns">The columns.</param>
    public ContractBuilder Promises(Schema columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _promised = columns;
        return this;
    }
}
