namespace DataEngineX.Pipelines;

/// <summary>Gives an error the name of the operator it came from; errors that say so themselves pass as they are.</summary>
internal static class Faults
{
    public static bool IsNameless(Exception e) => e is not (DataEngineXException or OperationCanceledException or OutOfMemoryException);

    public static OperatorException At(string operatorName, string? column, Exception e) => new(operatorName, column, e);
}
