using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.ML.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DataEngineX.ML.Tests.Bridge;

public class RecordBatchDataViewTests
{
    private static readonly Gen<DateTime> s_day = Gen.Int[-100_000, 100_000].Select(d => DateTime.UnixEpoch.AddDays(d));

    private static readonly Gen<DateTime> s_second = Gen.Long[-4_000_000_000, 8_000_000_000].Select(s => DateTime.UnixEpoch.AddSeconds(s));

    private static readonly string[] s_words = ["", "a", "b", "Zürich"];

    private static readonly Gen<string> s_word = Gen.Int[0, 3].Select(i => s_words[i]);

    private static readonly Gen<float?> s_item = Gen.Select(Gen.Int[0, 3], Gen.Float[-1e6f, 1e6f], (k, v) => k == 0 ? null : (float?)v);

    public static TheoryData<string> Types =>
        ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float", "double", "bool", "text", "date", "second",
            "millisecond", "microsecond", "nanosecond", "dictionary", "vector"];

    [Theory]
    [MemberData(nameof(Types))]
    public void Values_nulls_and_windows_come_through_over_several_batches(string name)
    {
        var (type, value, expect) = Case(name);
        var cell = Gen.Select(Gen.Int[0, 3], value, (k, v) => k == 0 ? null : v);
        Gen.Select(cell.Array[0, 12].Array[0, 4], Gen.Bool).Sample((chunks, windowed) =>
        {
            var schema = new Schema([new Field("c", type, true)], null);
            var batches = chunks.Select(chunk => new RecordBatch(
                schema, [windowed ? Arrays.Windowed(type, chunk) : Arrays.Of(type, chunk)], chunk.Length)).ToArray();
            var all = chunks.SelectMany(c => c).ToArray();

            var view = new RecordBatchDataView(schema, batches);

            Assert.Equal(all.Length, view.GetRowCount());
            Assert.Equal(all.Select(v => expect(v, all.Contains(null))), Read(view));
        }, iter: 60);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void What_went_in_comes_back(string name)
    {
        var (type, value, _) = Case(name);
        Gen.Select(Gen.Select(Gen.Int[0, 3], value, (k, v) => k == 0 ? null : v).Array[1, 20], Gen.Bool)
            .Sample((values, windowed) =>
            {
                var schema = new Schema([new Field("c", type, true)], null);
                var array = windowed ? Arrays.Windowed(type, values) : Arrays.Of(type, values);
                using var batch = new RecordBatch(schema, [array], values.Length);

                using var back = new RecordBatchDataView(batch).ToRecordBatch();

                // A second trip shows the same values: what cannot be told apart after one is equal for good.
                Assert.Equal(Read(new RecordBatchDataView(batch)), Read(new RecordBatchDataView(back)));
                Assert.Equal(values.Length, back.Length);
                if (type.TypeId != ArrowTypeId.FixedSizeList)
                    Assert.Equal(values.Select(v => v is null), Enumerable.Range(0, back.Length).Select(i => back.Column(0).IsNull(i)));
            }, iter: 60);
    }

    [Fact]
    public void Dictionary_text_can_be_keys_numbered_the_same_over_batches()
    {
        var type = new DictionaryType(Int8Type.Default, StringType.Default, false);
        var schema = new Schema([new Field("c", type, true)], null);
        RecordBatch[] batches =
        [
            new(schema, [Arrays.Of(type, ["pear", null, "apple"])], 3),
            new(schema, [Arrays.Of(type, ["fig", "apple"])], 2),
        ];

        var view = new RecordBatchDataView(schema, batches, DictionaryEncoding.Key);

        Assert.Equal<uint>([3, 0, 1, 2, 1], view.GetColumn<uint>("c"));
        using var back = view.ToRecordBatch();
        Assert.IsType<DictionaryArray>(back.Column(0));
        Assert.Equal(
            Read(new RecordBatchDataView(schema, batches)), Read(new RecordBatchDataView(back)));
    }

    [Fact]
    public void The_view_serves_a_trainer_without_row_classes()
    {
        var context = new MLContext(1);
        var items = Enumerable.Range(0, 200).Select(i => i / 100.0).ToArray();
        var schema = new Schema([new Field("x", DoubleType.Default, false), new Field("kind", StringType.Default, false)], null);
        using var batch = new RecordBatch(
            schema,
            [
                Arrays.Of(DoubleType.Default, [.. items.Cast<object?>()]),
                Arrays.Of(StringType.Default, [.. items.Select((_, i) => i % 2 == 0 ? "even" : "odd")]),
            ],
            items.Length);
        var view = new RecordBatchDataView(batch);

        var model = context.Transforms.Conversion.ConvertType("xs", "x")
            .Append(context.Transforms.Categorical.OneHotEncoding("k", "kind"))
            .Append(context.Transforms.Concatenate("Features", "xs", "k"))
            .Append(context.Transforms.CopyColumns("Label", "xs"))
            .Append(context.Regression.Trainers.Sdca())
            .Fit(view);
        using var scored = model.Transform(view).ToRecordBatch(["Score", "Features", "kind"]);

        Assert.Equal(["Score", "Features", "kind"], scored.Schema.FieldsList.Select(f => f.Name));
        Assert.Equal(3, ((FixedSizeListType)scored.Column(1).Data.DataType).ListSize);
        var scores = (FloatArray)scored.Column(0);
        Assert.All(Enumerable.Range(0, items.Length), i => Assert.Equal(items[i], scores.GetValue(i)!.Value, 0.2));
    }

    [Fact]
    public void Cursors_are_independent_and_read_only_what_was_asked()
    {
        var schema = new Schema([new Field("a", Int32Type.Default, false), new Field("b", Int32Type.Default, false)], null);
        using var batch = new RecordBatch(
            schema, [Arrays.Of(Int32Type.Default, [1, 2, 3]), Arrays.Of(Int32Type.Default, [4, 5, 6])], 3);
        var view = new RecordBatchDataView(batch);
        var a = view.Schema["a"];
        using var first = view.GetRowCursor([a]);
        using var second = Assert.Single(view.GetRowCursorSet([a], 4));
        var get = first.GetGetter<int>(a);
        var other = second.GetGetter<int>(a);
        int x = 0, y = 0;

        Assert.True(first.MoveNext() && first.MoveNext() && second.MoveNext());
        get(ref x);
        other(ref y);

        Assert.Equal((2, 1), (x, y));
        Assert.Equal(1, first.Position);
        Assert.False(first.IsColumnActive(view.Schema["b"]));
        Assert.Throws<InvalidOperationException>(() => first.GetGetter<int>(view.Schema["b"]));
        Assert.Throws<InvalidOperationException>(() => first.GetGetter<float>(a));
        Assert.True(first.MoveNext());
        Assert.False(first.MoveNext());
        Assert.False(first.MoveNext());
        Assert.Equal(-1, first.Position);
    }

    [Fact]
    public void A_type_that_does_not_fit_is_refused_by_name()
    {
        var list = new ListType(new Field("item", Int32Type.Default, true));
        var error = Assert.Throws<ArgumentException>(
            () => new RecordBatchDataView(new Schema([new Field("deep", list, true)], null), []));

        Assert.Contains("'deep'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_of_another_schema_is_refused_by_column()
    {
        var schema = new Schema([new Field("a", Int32Type.Default, false)], null);
        var other = new Schema([new Field("a", DoubleType.Default, false)], null);
        using var batch = new RecordBatch(other, [Arrays.Of(DoubleType.Default, [1.0])], 1);

        var error = Assert.Throws<ArgumentException>(() => new RecordBatchDataView(schema, [batch]));
        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new RecordBatchDataView(batch).ToRecordBatch(["missing"]));
    }

    private static (IArrowType Type, Gen<object> Value, Func<object?, bool, object?> Expect) Case(string name) => name switch
    {
        "int8" => (Int8Type.Default, Box(Gen.SByte), Narrow),
        "uint8" => (UInt8Type.Default, Box(Gen.Byte), Narrow),
        "int16" => (Int16Type.Default, Box(Gen.Short), Narrow),
        "uint16" => (UInt16Type.Default, Box(Gen.UShort), Narrow),
        "int32" => (Int32Type.Default, Box(Gen.Int), Wide),
        "uint32" => (UInt32Type.Default, Box(Gen.UInt), Wide),
        "int64" => (Int64Type.Default, Box(Gen.Long), Wide),
        "uint64" => (UInt64Type.Default, Box(Gen.ULong), Wide),
        "float" => (FloatType.Default, Box(Gen.Float[-1e6f, 1e6f]), (v, _) => v ?? float.NaN),
        "double" => (DoubleType.Default, Box(Gen.Double[-1e9, 1e9]), (v, _) => v ?? double.NaN),
        "bool" => (BooleanType.Default, Box(Gen.Bool), (v, nulls) => nulls ? v is bool b ? b ? 1f : 0f : float.NaN : v),
        "text" => (StringType.Default, Box(Gen.String[0, 6].Where(IsText)), (v, _) => v),
        "date" => (Date32Type.Default, Box(s_day), (v, _) => v ?? default(DateTime)),
        "second" => (new TimestampType(TimeUnit.Second, "UTC"), Box(s_second), (v, _) => v ?? default(DateTime)),
        "millisecond" => (new TimestampType(TimeUnit.Millisecond, "UTC"), Box(s_second), (v, _) => v ?? default(DateTime)),
        "microsecond" => (new TimestampType(TimeUnit.Microsecond, "UTC"), Box(s_second), (v, _) => v ?? default(DateTime)),
        "nanosecond" => (new TimestampType(TimeUnit.Nanosecond, "UTC"), Box(s_second), (v, _) => v ?? default(DateTime)),
        "dictionary" => (new DictionaryType(Int8Type.Default, StringType.Default, false),
            Box(s_word), (v, _) => v),
        "vector" => (new FixedSizeListType(new Field("item", FloatType.Default, true), 3),
            Box(s_item.Array[3]),
            (v, _) => string.Join(";", ((float?[]?)v ?? new float?[3]).Select(i => i ?? float.NaN))),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static Gen<object> Box<T>(Gen<T> gen)
        where T : notnull
        => gen.Select(v => (object)v);

    private static object? Narrow(object? value, bool nulls) => !nulls ? value : value is null ? float.NaN : Convert.ToSingle(value, null);

    private static object? Wide(object? value, bool nulls) => !nulls ? value : value is null ? double.NaN : Convert.ToDouble(value, null);

    // A lone surrogate is no text and cannot be UTF-8.
    private static bool IsText(string text) => !text.Any(char.IsSurrogate);

    private static List<object?> Read(RecordBatchDataView view)
    {
        var column = view.Schema["c"];
        using var cursor = view.GetRowCursor([column]);
        var read = Reader(cursor, column);
        var values = new List<object?>();
        while (cursor.MoveNext())
            values.Add(read());
        return values;
    }

    private static Func<object?> Reader(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
        {
            var vector = cursor.GetGetter<VBuffer<float>>(column);
            var buffer = default(VBuffer<float>);
            return () =>
            {
                vector(ref buffer);
                return string.Join(";", buffer.DenseValues());
            };
        }

        if (column.Type is TextDataViewType)
        {
            var text = cursor.GetGetter<ReadOnlyMemory<char>>(column);
            var memory = default(ReadOnlyMemory<char>);
            return () =>
            {
                text(ref memory);
                return memory.Equals(default) ? null : memory.ToString();
            };
        }

        return (Func<object?>)typeof(RecordBatchDataViewTests)
            .GetMethod(nameof(Plain), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(column.Type.RawType).Invoke(null, [cursor, column])!;
    }

    private static Func<object?> Plain<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<T>(column);
        var value = default(T);
        return () =>
        {
            getter(ref value!);
            return value;
        };
    }
}
