using System.Globalization;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>What an operator did, in one line.</summary>
internal static class OperatorReport
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    public static string Of(OperatorStatistics did)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{did.Rows[RowFlow.In]:N0} rows in, {did.Rows[RowFlow.Out]:N0} out ({Bytes(did.OutputBytes)}), {did.Busy.TotalMilliseconds:N1} ms of work");
        if (did.Rows[RowFlow.Pruned] > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {did.Rows[RowFlow.Pruned]:N0} pruned");
        if (did.Rows[RowFlow.LeftUnread] > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {did.Rows[RowFlow.LeftUnread]:N0} left unread");
        if (did.PeakBytes > 0)
            text += $", held {Bytes(did.PeakBytes)}";
        return did.SpilledBytes > 0 ? $"{text}, spilled {Bytes(did.SpilledBytes)}" : text;
    }

    private static string Bytes(long bytes)
    {
        var value = (double)bytes;
        var unit = 0;
        for (; value >= 1000 && unit < Units.Length - 1; unit++)
            value /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }
}
