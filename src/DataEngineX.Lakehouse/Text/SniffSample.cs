namespace DataEngineX.Lakehouse.Text;

/// <summary>The first bytes of a file, as UTF-8.</summary>
/// <param name="Bytes">The text, without a line that was cut by the sample's end.</param>
/// <param name="IsWhole">Whether that is all of the file.</param>
internal sealed record SniffSample(byte[] Bytes, bool IsWhole)
{
    internal static async Task<SniffSample> ReadAsync(TextInput input, int most, CancellationToken cancellationToken)
    {
        var buffer = new byte[most];
        int count = 0, read = 1;
        while (count < most && read > 0)
        {
            read = await input.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false);
            count += read;
        }

        var isWhole = read == 0;
        var end = isWhole ? count : buffer.AsSpan(0, count).LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        var start = buffer.AsSpan(0, end).StartsWith("\uFEFF"u8) ? 3 : 0;
        return new SniffSample(buffer[start..end], isWhole);
    }
}
