namespace DataEngineX.Lakehouse.Tests;

/// <summary>Gives at most so many bytes a read, as slow storage may.</summary>
public sealed class DripStream(byte[] content, int most) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
}
