namespace DataEngineX;

/// <summary>A run that asked for more memory than its budget.</summary>
public class MemoryBudgetException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="requestedBytes">The bytes asked for.</param>
    /// <param name="usedBytes">The bytes in use.</param>
    /// <param name="budgetBytes">The budget in bytes.</param>
    public MemoryBudgetException(long requestedBytes, long usedBytes, long budgetBytes)
        : base($"The memory budget of {budgetBytes:N0} bytes is used up: {usedBytes:N0} bytes are held and {requestedBytes:N0} more were asked for. "
            + "Raise the budget or read smaller batches.")
    {
        RequestedBytes = requestedBytes;
        UsedBytes = usedBytes;
        BudgetBytes = budgetBytes;
    }

    /// <summary>The bytes asked for.</summary>
    public long RequestedBytes { get; }

    /// <summary>The bytes in use.</summary>
    public long UsedBytes { get; }

    /// <summary>The budget in bytes.</summary>
    public long BudgetBytes { get; }
}
