namespace LakehouseExplorer.Asking;

/// <summary>What is asked of a table.</summary>
public enum Command
{
    /// <summary>What can be asked.</summary>
    Help,

    /// <summary>Its rows.</summary>
    Cat,

    /// <summary>Its columns.</summary>
    Schema,

    /// <summary>Its commits.</summary>
    History,

    /// <summary>Its data files.</summary>
    Files,

    /// <summary>What versions changed.</summary>
    Changes,
}
