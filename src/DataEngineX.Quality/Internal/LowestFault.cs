using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>
/// Finds the lowest row that a rule cannot be evaluated for, so that its error says the same however the rows are cut: for a rule that looks at each row by
/// itself, all rows before it can be evaluated and all parts that hold it cannot.
/// </summary>
internal static class LowestFault
{
    /// <summary>Stands in a message for the number of the row, which grows when the rows before are known.</summary>
    public const string Number = "\u0001";

    private const string Beginning = "Row 0 ";
    private const string Mention = "row 0";

    /// <summary>The row and what is wrong with it.</summary>
    /// <param name="batch">Rows that cannot be evaluated together.</param>
    /// <param name="evaluate">Evaluates some rows; throws where it cannot.</param>
    /// <param name="fault">What it threw for all of them.</param>
    public static (long Row, string Message) Find(RuleBatch batch, Action<RuleBatch> evaluate, Exception fault)
    {
        var (low, high) = (0, batch.Length - 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Try(batch, low, middle - low + 1, evaluate) is null)
                low = middle + 1;
            else
                high = middle;
        }

        // A fault that no row has alone is that of all of them.
        return batch.Length > 0 && Try(batch, low, 1, evaluate) is { } own
            ? (batch.RowNumber(low), Numbered(own))
            : (batch.FirstRow, TextOf(fault));
    }

    public static string TextOf(Exception fault) => $"{(fault is RowFault ? nameof(FormatException) : fault.GetType().Name)}: {fault.Message}";

    private static Exception? Try(RuleBatch batch, int start, int length, Action<RuleBatch> evaluate)
    {
        using var rows = batch.Rows.SliceShared(start, length);
        var part = batch.Part(rows, [.. Enumerable.Range(start, length)]);
        try
        {
            evaluate(part);
            return null;
        }
        catch (Exception fault) when (RuleRun.BelongsToRule(fault))
        {
            return fault;
        }
        finally
        {
            part.Release();
        }
    }

    /// <summary>The message with the number of the row, once that is known.</summary>
    public static string WithRow(string message, long row) => message.Replace(Number, row.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The message with room for the number of the row: where it names one of the single row it was found in, that can only be 0.</summary>
    private static string Numbered(Exception fault)
    {
        var message = fault.Message;
        if (message.StartsWith(Beginning, StringComparison.Ordinal))
            return $"{fault.GetType().Name}: Row {Number} {message[Beginning.Length..]}";
        var at = message.LastIndexOf(Mention, StringComparison.Ordinal);
        return at < 0 ? TextOf(fault) : $"{fault.GetType().Name}: {message[..at]}row {Number}{message[(at + Mention.Length)..]}";
    }
}
