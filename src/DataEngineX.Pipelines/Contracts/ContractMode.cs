namespace DataEngineX.Pipelines;

/// <summary>What happens when a flow has other columns than its contract says.</summary>
public enum ContractMode
{
    /// <summary>The table follows where no value is lost by it: a new column, a wider type. A breaking change stops the run, and so does what a target that
    /// is no table cannot take.</summary>
    Evolve,

    /// <summary>The run stops before it reads a row, and says what differs.</summary>
    Freeze,

    /// <summary>Rows with a value that does not fit are set aside to quarantine; the others are published without the difference.</summary>
    DiscardRow,

    /// <summary>The value is left out: a new column is dropped, a value that does not fit its column's type is null.</summary>
    DiscardValue,
}
