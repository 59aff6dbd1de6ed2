namespace DataEngineX;

/// <summary>An operator that could not write or read back what did not fit the memory budget.</summary>
public class SpillException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="operatorName">The operator that spilled.</param>
    /// <param name="folder">The scratch folder.</param>
    /// <param name="inner">What the file system said.</param>
    public SpillException(string operatorName, string folder, Exception inner)
        : base($"'{operatorName}' could not use the scratch folder '{folder}': {inner?.Message} "
            + "Free space there, name another folder in EngineOptions.ScratchFolder, or raise the memory budget.", inner)
    {
        OperatorName = operatorName;
        Folder = folder;
    }

    /// <summary>The operator that spilled.</summary>
    public string OperatorName { get; }

    /// <summary>The scratch folder.</summary>
    public string Folder { get; }
}
