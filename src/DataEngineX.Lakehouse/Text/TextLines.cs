namespace DataEngineX.Lakehouse.Text;

/// <summary>Counts physical lines: they end with a line feed, a carriage return, or both.</summary>
internal static class TextLines
{
    internal static int Count(ReadOnlySpan<byte> text)
    {
        var count = text.Count((byte)'\n');
        for (var at = 0; ; at++)
        {
            var next = text[at..].IndexOf((byte)'\r');
            if (next < 0)
                return count;
            at += next;
            if (at + 1 == text.Length || text[at + 1] != '\n')
                count++;
        }
    }
}
