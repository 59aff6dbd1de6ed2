using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.AspNetCore.Tests;

public sealed class ArrowValuesTests
{
    [Fact]
    public async Task ValuesOfEveryTypeComeOutAsJson()
    {
        var dictionary = new DictionaryArray(
            new DictionaryType(Int32Type.Default, StringType.Default, false), new Int32Array.Builder().Append(1).Build(), new StringArray.Builder().Append("a").Append("b").Build());
        var list = new ListArray.Builder(Int32Type.Default);
        list.Append();
        ((Int32Array.Builder)list.ValueBuilder).Append(4).Append(5);
        (string Name, IArrowArray Array, string Json)[] cases =
        [
            ("bool", new BooleanArray.Builder().Append(true).Build(), "true"),
            ("int8", new Int8Array.Builder().Append(-8).Build(), "-8"),
            ("uint64", new UInt64Array.Builder().Append(ulong.MaxValue).Build(), "18446744073709551615"),
            ("float", new FloatArray.Builder().Append(0.1f).Build(), "0.1"),
            ("nan", new DoubleArray.Builder().Append(double.NaN).Build(), "\"NaN\""),
            ("decimal", new Decimal128Array.Builder(new Decimal128Type(10, 2)).Append(12.34m).Build(), "\"12.34\""),
            ("binary", new BinaryArray.Builder().Append([1, 2, 3]).Build(), "\"AQID\""),
            ("date", new Date32Array.Builder().Append(new DateOnly(2015, 2, 3)).Build(), "\"2015-02-03\""),
            ("stamp", new TimestampArray.Builder(new TimestampType(TimeUnit.Microsecond, "UTC")).Append(new DateTimeOffset(2015, 2, 3, 4, 5, 6, TimeSpan.Zero)).Build(), "\"2015-02-03T04:05:06Z\""),
            ("dictionary", dictionary, "\"b\""),
            ("list", list.Build(), "[4,5]"),
            ("text", new StringArray.Builder().Append(new string('x', 5000)).Build(), "\"" + new string('x', 4096) + "\\u2026\""),
        ];
        await using var host = await new TestHost().StartAsync();
        host.Tables.Add(
            DatasetId.Table(Layer.Gold, "types"),
            new RecordBatch(new Schema(cases.Select(c => new Field(c.Name, c.Array.Data.DataType, true)), null), cases.Select(c => c.Array), 1));

        var row = (await host.GetJsonAsync("/api/v1/datasets/gold/types/preview")).GetProperty("rows")[0];

        foreach (var (name, _, json) in cases)
            Assert.Equal(json, row.GetProperty(name).GetRawText());
    }
}
