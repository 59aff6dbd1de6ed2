using Apache.Arrow;
using Apache.Arrow.Types;
using ArrowField = Apache.Arrow.Field;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Encodes row groups, several columns at a time, and writes them to a file.</summary>
internal sealed class RowGroupWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly Schema _schema;
    private readonly ParquetWriteOptions _options;
    private readonly WriterSchema _columns;
    private readonly LeafChunk[] _leaves;
    private readonly int[] _firstLeaves;
    private readonly List<WrittenGroup> _groups = [];
    private readonly ByteSink _tail = new();
    private long _position;

    internal RowGroupWriter(Stream stream, Schema schema, ParquetWriteOptions options)
    {
        _stream = stream;
        _schema = schema;
        _options = options;
        _columns = WriterSchema.Of(schema);
        _leaves = [.. _columns.Leaves.Select(l => new LeafChunk(l, options))];
        _firstLeaves = new int[schema.FieldsList.Count + 1];
        for (int i = 0, leaf = 0; i < schema.FieldsList.Count; i++)
        {
            while (leaf < _leaves.Length && _leaves[leaf].Leaf.Path[0] == schema.FieldsList[i].Name)
                leaf++;
            _firstLeaves[i + 1] = leaf;
        }
    }

    internal async ValueTask StartAsync(CancellationToken cancellationToken) => await AppendAsync("PAR1"u8.ToArray(), cancellationToken).ConfigureAwait(false);

    /// <summary>Writes a row group.</summary>
    /// <param name="batches">Its rows; borrowed.</param>
    /// <param name="rows">How many they are.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    internal async ValueTask WriteAsync(IReadOnlyList<RecordBatch> batches, int rows, CancellationToken cancellationToken)
    {
        var chunks = new WrittenChunk[_leaves.Length];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = _options.Parallelism, CancellationToken = cancellationToken };
        if (_options.Parallelism == 1 || (long)rows * _leaves.Length < 1 << 15)
        {
            for (var i = 0; i < _schema.FieldsList.Count; i++)
                Encode(batches, i, chunks);
        }
        else
        {
            await Parallel.ForAsync(0, _schema.FieldsList.Count, limits, (i, _) =>
            {
                Encode(batches, i, chunks);
                return ValueTask.CompletedTask;
            }).ConfigureAwait(false);
        }

        for (var i = 0; i < chunks.Length; i++)
        {
            chunks[i].Start = _position;
            await AppendAsync(_leaves[i].Bytes.Memory, cancellationToken).ConfigureAwait(false);
        }

        _groups.Add(new WrittenGroup(rows, chunks));
    }

    /// <summary>Writes the page indexes and the footer.</summary>
    internal async ValueTask FinishAsync(long rows, CancellationToken cancellationToken)
    {
        _tail.Clear();
        foreach (var chunk in _groups.SelectMany(g => g.Chunks))
        {
            var at = _tail.Length;
            IndexWriter.WriteBounds(_tail, chunk);
            chunk.ColumnIndexStart = _position + at;
            chunk.ColumnIndexBytes = _tail.Length - at;
        }

        foreach (var chunk in _groups.SelectMany(g => g.Chunks))
        {
            var at = _tail.Length;
            IndexWriter.WriteLocations(_tail, chunk);
            chunk.OffsetIndexStart = _position + at;
            chunk.OffsetIndexBytes = _tail.Length - at;
        }

        var footer = _tail.Length;
        FooterWriter.Write(_tail, _columns, _groups, rows, _schema.Metadata ?? new Dictionary<string, string>());
        _tail.WriteInt(_tail.Length - footer);
        _tail.Write("PAR1"u8);
        await AppendAsync(_tail.Memory, cancellationToken).ConfigureAwait(false);
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was counted of each column, of structs also of their fields; lists and maps are not counted.</summary>
    internal IReadOnlyDictionary<string, ColumnStatistics> Statistics()
    {
        var columns = new Dictionary<string, ColumnStatistics>(StringComparer.Ordinal);
        for (var i = 0; i < _schema.FieldsList.Count; i++)
        {
            var leaf = _firstLeaves[i];
            columns[_schema.FieldsList[i].Name] = Statistics(_schema.FieldsList[i], ref leaf);
        }

        return columns;
    }

    private ColumnStatistics Statistics(ArrowField field, ref int leaf)
    {
        var nulls = _leaves[leaf].NullCount;
        switch (field.DataType)
        {
            case StructType { Fields.Count: > 0 } structure:
                var fields = new Dictionary<string, ColumnStatistics>(StringComparer.Ordinal);
                foreach (var child in structure.Fields)
                    fields[child.Name] = Statistics(child, ref leaf);
                return new ColumnStatistics(nulls, null, null) { Fields = fields };
            case ListType or MapType:
                leaf += LeavesOf(field.DataType);
                return new ColumnStatistics(nulls, null, null);
            default:
                var (min, max) = _leaves[leaf++].Values.FileBounds();
                return new ColumnStatistics(nulls, min, max);
        }
    }

    private static int LeavesOf(IArrowType type) => type switch
    {
        StructType { Fields.Count: > 0 } structure => structure.Fields.Sum(f => LeavesOf(f.DataType)),
        MapType map => LeavesOf(map.KeyField.DataType) + LeavesOf(map.ValueField.DataType),
        ListType list => LeavesOf(list.ValueDataType),
        _ => 1,
    };

    public void Dispose()
    {
        foreach (var leaf in _leaves)
            leaf.Dispose();
        _tail.Dispose();
    }

    private static bool IsNested(ArrowField field) => field.DataType is ListType or MapType or StructType { Fields.Count: > 0 };

    private void Encode(IReadOnlyList<RecordBatch> batches, int column, WrittenChunk[] chunks)
    {
        var field = _schema.FieldsList[column];
        for (var i = _firstLeaves[column]; i < _firstLeaves[column + 1]; i++)
            _leaves[i].Begin();
        var shredder = new Shredder(_leaves);
        foreach (var batch in batches)
        {
            var array = batch.Column(column);
            if (IsNested(field))
                shredder.Add(field, array, _firstLeaves[column]);
            else
                AddFlat(field, array, _leaves[_firstLeaves[column]]);
        }

        for (var i = _firstLeaves[column]; i < _firstLeaves[column + 1]; i++)
            chunks[i] = _leaves[i].Encode();
    }

    /// <summary>Adds the rows of an array that is not nested.</summary>
    internal static void AddFlat(ArrowField field, IArrowArray array, LeafChunk leaf)
    {
        if (array.NullCount == 0 && array is Apache.Arrow.Array values)
        {
            leaf.Levels.AddRows(array.Length, (byte)leaf.Leaf.Definition);
            leaf.Values.AddAll(values);
            return;
        }

        if (leaf.Leaf.Definition == 0)
            throw new MalformedDataException($"Column '{field.Name}' is declared not to be null, and a row of it is.", field.Name);
        new Shredder([leaf]).Add(field, array, 0);
    }

    private async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        _position += bytes.Length;
    }
}
