namespace DataEngineX.Pipelines;

/// <summary>Tells failures of values (an overflow, a text that is no number) from failures of the engine.</summary>
internal static class DataErrors
{
    public static bool Is(Exception error) => error is ArithmeticException or InvalidCastException or FormatException or MalformedDataException;
}
