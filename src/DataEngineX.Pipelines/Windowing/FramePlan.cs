using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>A frame whose distances are in the units of the order key.</summary>
/// <param name="Frame">The frame as it was described.</param>
/// <param name="Key">The ordinal of the order key of a range.</param>
/// <param name="IsDescending">Whether that key is in descending order.</param>
/// <param name="Preceding">How far a range reaches back.</param>
/// <param name="Following">How far it reaches ahead.</param>
internal sealed record FramePlan(WindowFrame Frame, int Key, bool IsDescending, RangeDistance Preceding, RangeDistance Following)
{
    public bool FromStart => Frame.Preceding is null;

    public bool ToEnd => Frame.Following is null;

    public bool IsWhole => FromStart && ToEnd;

    public bool CountsRows => Frame.Unit == WindowFrameUnit.Rows || IsWhole;

    /// <summary>The frame begins and ends with equal rows, which any number of order keys of any type tell.</summary>
    public bool UsesPeers => !CountsRows && Frame.Preceding is null or 0 && Frame.Following is null or 0;

    /// <summary>The frame of a column; null where it has none.</summary>
    public static FramePlan? Create(WindowColumn column, WindowNode node, Schema input)
    {
        var frame = column.Frame ?? column.Kind switch
        {
            WindowKind.First or WindowKind.Last or WindowKind.NthValue => WindowFrame.Partition,
            WindowKind.RunningSum or WindowKind.RunningMean or WindowKind.RunningCount or WindowKind.RunningMin or WindowKind.RunningMax
                or WindowKind.RunningVariance or WindowKind.RunningStandardDeviation => WindowFrame.Running,
            WindowKind.Lag or WindowKind.Lead => null,
            _ => column.Value is null ? null : WindowFrame.Rows(column.Rows - 1),
        };
        if (frame is null)
            return null;
        var plan = new FramePlan(frame, -1, false, default, default);
        if (plan.CountsRows || plan.UsesPeers)
            return plan;
        if (node.OrderBy.Count != 1)
        {
            throw new PlanException(
                $"'{column.Name}' has a range frame, which needs a single order key to measure distances by, not {node.OrderBy.Count}: "
                    + "order by one key or count rows.",
                "window",
                column.Name);
        }

        var key = SchemaTools.Ordinal(input, node.OrderBy[0].Column, "window");
        var distances = new RangeUnits(column.Name, input.FieldsList[key], frame);
        return plan with
        {
            Key = key,
            IsDescending = node.OrderBy[0].Descending,
            Preceding = distances.Of(frame.Preceding),
            Following = distances.Of(frame.Following),
        };
    }

    /// <summary>Where the frame of each row begins and ends.</summary>
    /// <param name="rows">Sorted rows.</param>
    /// <param name="starts">Marks the first row of each partition.</param>
    /// <param name="peers">Marks each row that is not equal to the one before; empty unless the frame uses it.</param>
    /// <param name="from">Gets where frames begin.</param>
    /// <param name="to">Gets where they end, not included.</param>
    /// <param name="allocator">Where scratch is allocated.</param>
    public void Fill(RecordBatch rows, ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers, Span<int> from, Span<int> to, MemoryAllocator allocator)
    {
        if (CountsRows)
        {
            RowFrames.Fill((int?)Frame.Preceding, (int?)Frame.Following, starts, from, to);
            return;
        }

        if (UsesPeers)
        {
            RowFrames.FillPeers(FromStart, ToEnd, starts, peers, from, to);
            return;
        }

        var key = rows.Column(Key);
        using var plain = key is DictionaryArray ? Dictionaries.Decode(key, allocator) : null;
        RangeFrames.Fill((plain ?? key).Data, IsDescending, Preceding, Following, starts, from, to);
    }
}
