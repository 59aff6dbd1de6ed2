using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>An open file: its footer, its columns and what was read of it.</summary>
internal sealed class ParquetFile : IAsyncDisposable
{
    // The footer of most files is in their last bytes, so that one read brings it.
    private const int TailBytes = 1 << 16;
    private const int EndBytes = 8;

    /// <summary>A text kept behind the dictionary of its file.</summary>
    internal static readonly DictionaryType KeptType = new(Int32Type.Default, StringType.Default, false);

    private readonly Dictionary<string, FileColumn> _columns = new(StringComparer.Ordinal);
    private long _groups;
    private long _groupsPruned;
    private long _rowsPruned;

    private ParquetFile(ParquetInput input, string name, FileMetadata metadata)
    {
        Input = input;
        Name = name;
        Metadata = metadata;
        var fields = new List<Field>();
        foreach (var column in FileColumns.Of(metadata))
        {
            if (_columns.TryAdd(column.Name, column) && column.Field is { } field)
                fields.Add(field);
        }

        Schema = new Schema(fields, null);
    }

    internal ParquetInput Input { get; }

    internal string Name { get; }

    internal FileMetadata Metadata { get; }

    internal Schema Schema { get; }

    internal ParquetReadCounts Counts => new(
        Input.BytesRead, Interlocked.Read(ref _groups), Interlocked.Read(ref _groupsPruned), Interlocked.Read(ref _rowsPruned));

    internal static async Task<ParquetFile> OpenAsync(ParquetInput input, string name, CancellationToken cancellationToken)
    {
        try
        {
            var metadata = await ReadFooterAsync(input, cancellationToken).ConfigureAwait(false);
            return new ParquetFile(input, name, metadata);
        }
        catch (Exception e)
        {
            await input.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException)
                throw;
            throw new MalformedDataException($"{name} is not a readable Parquet file: {e.Message}", null, e);
        }
    }

    internal FileColumn? Find(string name) => _columns.GetValueOrDefault(name);

    internal IEnumerable<FileColumn> Columns => _columns.Values;

    internal Schema SchemaWithDictionaries() => new(
        [.. Schema.FieldsList.Select(f => HasDictionaries(_columns[f.Name]) ? new Field(f.Name, KeptType, f.IsNullable) : f)], null);

    internal void CountGroup(long rows, long rowsRead)
    {
        Interlocked.Increment(ref rowsRead == 0 && rows > 0 ? ref _groupsPruned : ref _groups);
        Interlocked.Add(ref _rowsPruned, rows - rowsRead);
    }

    public ValueTask DisposeAsync() => Input.DisposeAsync();

    internal bool HasDictionaries(FileColumn column) =>
        column is { IsFlat: true, Type: StringType, Element.Type: PhysicalType.ByteArray } && Metadata.RowGroups.Count > 0
        && Metadata.RowGroups.TrueForAll(g => g.Columns[column.Leaf].DictionaryOffset > 0);

    private static async Task<FileMetadata> ReadFooterAsync(ParquetInput input, CancellationToken cancellationToken)
    {
        if (input.Length < EndBytes + 4)
            Corrupt.Throw($"it has {input.Length} bytes");
        var tail = new byte[Math.Min(TailBytes, input.Length)];
        await input.ReadAsync(input.Length - tail.Length, tail, cancellationToken).ConfigureAwait(false);
        if (tail.AsSpan(tail.Length - 4).SequenceEqual("PARE"u8))
            Corrupt.Throw("its footer is encrypted");
        if (!tail.AsSpan(tail.Length - 4).SequenceEqual("PAR1"u8))
            Corrupt.Throw("it does not end as one");
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail.AsSpan(tail.Length - EndBytes));
        if (length <= 0 || length > input.Length - EndBytes)
            Corrupt.Throw($"a footer of {length} bytes in a file of {input.Length}");
        if (length <= tail.Length - EndBytes)
            return MetadataReader.Read(tail.AsSpan(tail.Length - EndBytes - length, length));
        var footer = new byte[length];
        await input.ReadAsync(input.Length - EndBytes - length, footer, cancellationToken).ConfigureAwait(false);
        return MetadataReader.Read(footer);
    }
}
