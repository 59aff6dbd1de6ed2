using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Pipelines.Tests.Compute;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Engine;

/// <summary>Large, view and fixed-size layouts become the plain ones at the scan, also when sliced and with nulls.</summary>
public sealed class LayoutTests
{
    private static readonly string?[] Words = ["skipped", "b", null, "a long word that no view holds inline", "", "é", "skipped"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("large_utf8")]
    [InlineData("utf8_view")]
    [InlineData("large_binary")]
    [InlineData("binary_view")]
    [InlineData("fixed_size_binary")]
    [InlineData("dictionary<large_utf8>")]
    [InlineData("dictionary<int8, utf8>")]
    public async Task Values_are_the_same_in_every_layout(string layout)
    {
        string?[] words = layout == "fixed_size_binary" ? [.. Words.Select(w => w?.PadRight(40 - Encoding.UTF8.GetByteCount(w) + w.Length))] : Words;
        using var array = Build(layout, words);
        var source = new Source(new RecordBatch(new Schema([new Field("w", array.Data.DataType, true)], null), [array], words.Length).SliceShared(1, 5));
        var isText = layout.Contains("utf8", StringComparison.Ordinal);
        var read = await ReadAsync(Flow.From(source).Select(isText ? Col("w").As("w") : Col("w").Cast(StringType.Default).As("w")));
        Assert.Equal(words[1..6], read);
        if (isText)
            Assert.Equal(["b"], await ReadAsync(Flow.From(source).Where(Col("w") == "b")));
    }

    [Theory]
    [InlineData("utf8_view")]
    [InlineData("dictionary<large_utf8>")]
    [InlineData("dictionary<int8, utf8>")]
    public async Task Batches_of_every_layout_are_put_one_after_another(string layout)
    {
        using var array = Build(layout, Words);
        var source = new Source(new RecordBatch(new Schema([new Field("w", array.Data.DataType, true)], null), [array], Words.Length).SliceShared(1, 5));
        var sorted = await ReadAsync(Flow.From(source).Union(Flow.From(source)).OrderBy(new OrderKey("w")));
        Assert.Equal(Words[1..6].Concat(Words[1..6]).OrderBy(w => w is null).ThenBy(w => w, StringComparer.Ordinal), sorted);
    }

    [Fact]
    public async Task Lists_of_every_layout_are_lists()
    {
        var elements = Rows.Build(Int32Type.Default, [.. Enumerable.Range(0, 8).Select(i => (object)i)]);
        var item = new Field("item", Int32Type.Default, true);
        using var large = new LargeListArray(new ArrayData(new LargeListType(item), 4, 0, 0, [ArrowBuffer.Empty, Longs(0, 1, 1, 5, 8)], [elements.Data]));
        using var fixedSize = new FixedSizeListArray(new ArrayData(new FixedSizeListType(item, 2), 4, 0, 0, [ArrowBuffer.Empty], [elements.Data]));
        Assert.Equal(["0", "4"], await ReadAsync(ListFlow(large, 1, 2)));
        Assert.Equal(["2", "2"], await ReadAsync(ListFlow(fixedSize, 1, 2)));
    }

    [Fact]
    public async Task Rows_are_read_from_dictionaries_and_times()
    {
        using var words = Nested.Dictionary(["b", "A"], [0, 1, null, 0]);
        using var times = Rows.Build(new Time64Type(TimeUnit.Microsecond), [1_000_000L, null, 2L, 3L]);
        var source = new Source(new RecordBatch(new Schema([new Field("word", words.Data.DataType, true), new Field("at", times.Data.DataType, true)], null), [words, times], 4));
        var rows = await EngineFixture.Reader().ToListAsync(Flow.From(source).Select(Col("word").Lower().As("word"), "at").As<Timed>(), Cancel);
        Assert.Equal([new("b", new TimeOnly(0, 0, 1)), new("a", null), new(null, TimeOnly.FromTimeSpan(TimeSpan.FromMicroseconds(2))), new("b", TimeOnly.FromTimeSpan(TimeSpan.FromMicroseconds(3)))], rows);
    }

    private static Flow ListFlow(IArrowArray array, int start, int length)
    {
        var batch = new RecordBatch(new Schema([new Field("l", array.Data.DataType, true)], null), [array], array.Length);
        return Flow.From(new Source(batch.SliceShared(start, length))).Select(Col("l").ListLength().Cast(StringType.Default).As("n"));
    }

    private static async Task<List<string?>> ReadAsync(Flow flow)
    {
        var rows = new List<string?>();
        await foreach (var batch in EngineFixture.Reader().ReadAsync(flow, Cancel))
        {
            using (batch)
            {
                using var plain = DataEngineX.Compute.Dictionaries.Decode(batch.Column(0), new CountingAllocator());
                rows.AddRange(Enumerable.Range(0, plain.Length).Select(i => ((StringArray)plain).GetString(i)));
            }
        }

        return rows;
    }

    private static IArrowArray Build(string layout, string?[] words)
    {
        switch (layout)
        {
            case "utf8_view":
                var texts = new StringViewArray.Builder();
                foreach (var word in words)
                    _ = word is null ? texts.AppendNull() : texts.Append(word);
                return texts.Build();
            case "binary_view":
                var views = new BinaryViewArray.Builder();
                foreach (var word in words)
                    _ = word is null ? views.AppendNull() : views.Append(Encoding.UTF8.GetBytes(word).AsSpan());
                return views.Build();
            case "fixed_size_binary":
                var bytes = words.SelectMany(w => w is null ? Enumerable.Repeat((byte)255, 40) : Encoding.UTF8.GetBytes(w)).ToArray();
                return new Apache.Arrow.Arrays.FixedSizeBinaryArray(new ArrayData(new FixedSizeBinaryType(40), words.Length, 1, 0, [Bitmap(words), new ArrowBuffer(bytes)]));
            case "dictionary<large_utf8>":
                var values = Large(new LargeStringType(), words[..6]);
                int?[] indices = [0, 1, null, 3, 4, 5, 0];
                return new DictionaryArray(
                    new DictionaryType(Int32Type.Default, values.Data.DataType, false), (Int32Array)Rows.Build(Int32Type.Default, [.. indices.Select(i => (object?)i)]), values);
            case "dictionary<int8, utf8>":
                object?[] narrow = [(sbyte)0, (sbyte)1, null, (sbyte)3, (sbyte)4, (sbyte)5, (sbyte)0];
                return new DictionaryArray(
                    new DictionaryType(Int8Type.Default, StringType.Default, false), Rows.Build(Int8Type.Default, narrow), Rows.Build(StringType.Default, words[..6]));
            default:
                return Large(layout == "large_utf8" ? new LargeStringType() : new LargeBinaryType(), words);
        }
    }

    private static IArrowArray Large(IArrowType type, string?[] words)
    {
        var offsets = new long[words.Length + 1];
        var bytes = new List<byte>();
        for (var i = 0; i < words.Length; i++)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(words[i] ?? "garbage"));
            offsets[i + 1] = bytes.Count;
        }

        return ArrowArrayFactory.BuildArray(new ArrayData(type, words.Length, words.Count(w => w is null), 0, [Bitmap(words), Longs(offsets), new ArrowBuffer(bytes.ToArray())]));
    }

    private static ArrowBuffer Longs(params long[] values) => new(MemoryMarshal.AsBytes<long>(values).ToArray());

    private static ArrowBuffer Bitmap(string?[] words)
    {
        var bits = new byte[1];
        for (var i = 0; i < words.Length; i++)
            bits[0] |= (byte)(words[i] is null ? 0 : 1 << i);
        return new ArrowBuffer(bits);
    }

    private sealed record Timed(string? Word, TimeOnly? At);

    /// <summary>Gives one batch as often as it is read.</summary>
    private sealed class Source(RecordBatch batch) : BatchSource
    {
        public override DatasetId Dataset { get; } = new("inmemory", "layouts");

        public override void WriteCanonical(CanonicalWriter writer)
        {
        }

        public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(batch.Schema);

        public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new InputVersion(Dataset, "1", null, HasData: true));

        public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            yield return batch.SliceShared(0, batch.Length);
        }
    }
}
