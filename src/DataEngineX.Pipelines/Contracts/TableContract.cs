using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The columns a target promises, and what happens when the flow has others. Immutable.</summary>
public sealed record TableContract
{
    /// <summary>What happens to columns that the flow has and the contract has not. <value>Default: <see cref="ContractMode.Evolve"/>.</value></summary>
    public ContractMode NewColumns { get; init; }

    /// <summary>What happens to values whose type is not that of their column. <value>Default: <see cref="ContractMode.Evolve"/>.</value></summary>
    public ContractMode Types { get; init; }

    /// <summary>Modes of single columns, which come before the others.</summary>
    public IReadOnlyDictionary<string, ContractMode> Columns { get; init; } = new Dictionary<string, ContractMode>();

    /// <summary>The columns promised. <value>Default: null, those that the table has when a run is planned.</value></summary>
    public Schema? Promised { get; init; }

    /// <summary>What holds for silver and gold where nothing is said: the columns are those of the table.</summary>
    internal static TableContract Frozen { get; } = new() { NewColumns = ContractMode.Freeze, Types = ContractMode.Freeze };

    /// <summary>The text that tells this contract from any other.</summary>
    internal string Canonical
    {
        get
        {
            var columns = Columns.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{CanonicalWriter.Quote(c.Key)}:{c.Value}");
            var promised = Promised is null ? "" : $" promised [{SchemaTools.Describe(Promised)}]";
            return $"contract new:{NewColumns} types:{Types} [{string.Join(", ", columns)}]{promised}";
        }
    }

    /// <summary>What the table has to follow: the contract has let everything else stop, or left it out, before.</summary>
    internal SchemaEvolution Evolution =>
        (Evolves(NewColumns) ? SchemaEvolution.AddColumns : SchemaEvolution.None) | (Evolves(Types) ? SchemaEvolution.WidenTypes : SchemaEvolution.None);

    private bool Evolves(ContractMode mode) => mode == ContractMode.Evolve || Columns.Values.Contains(ContractMode.Evolve);

    internal ContractMode ModeOf(string column, bool isNew) => Columns.TryGetValue(column, out var mode) ? mode : isNew ? NewColumns : Types;
}
