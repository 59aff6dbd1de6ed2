using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Lakehouse.Csv;

namespace DataEngineX.Lakehouse.Tests.Csv;

/// <summary>The fast paths for numbers against the platform's parsers, to the last bit.</summary>
public sealed class CsvNumberTests
{
    private static readonly Gen<string> Digits = Gen.String[Gen.Char['0', '9'], 0, 20];

    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Double.Select(d => d.ToString("R", CultureInfo.InvariantCulture)),
        Gen.Select(Gen.Double[-1000, 1000], Gen.Int[0, 9]).Select((d, n) => d.ToString("F" + n, CultureInfo.InvariantCulture)),
        Gen.Select(OneOf.Values("", "-", "+", " ", "--"), Digits, OneOf.Values("", ".", "..", "e5", "E-3", "e", " ", "x", ".e1"), Digits)
            .Select((sign, whole, middle, rest) => sign + whole + middle + rest),
        Gen.Long.Select(l => l.ToString(CultureInfo.InvariantCulture)),
        Gen.Int.Select(l => l.ToString(CultureInfo.InvariantCulture)),
        OneOf.Values("NaN", "Infinity", "0", "-0", "-0.0", "1.", ".5", ".", "-", "9007199254740993", "9007199254740992.0", "0.1", "1e400", "4.9e-324", "123456789012345.6", "1234567890123456", "0000000000000001", "2147483648", "-2147483649", "-9223372036854775808", "9223372036854775808", "18446744073709551615", "255", "256", "-129"));

    [Fact]
    public void Doubles_are_the_nearest_and_all_of_the_text() => Check.Sample(
        Number.Array[1, 200],
        texts => Compare(texts, DoubleType.Default, t =>
            double.TryParse(t.Trim(' '), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var d)
            && double.IsFinite(d) ? BitConverter.DoubleToInt64Bits(d) : null,
            (array, row) => BitConverter.DoubleToInt64Bits(((DoubleArray)array).Values[row])),
        iter: 300);

    [Fact]
    public void Floats_are_the_nearest_and_all_of_the_text() => Check.Sample(
        Number.Array[1, 200],
        texts => Compare(texts, FloatType.Default, t =>
            float.TryParse(t.Trim(' '), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var d)
            && float.IsFinite(d) ? BitConverter.SingleToInt32Bits(d) : null,
            (array, row) => BitConverter.SingleToInt32Bits(((FloatArray)array).Values[row])),
        iter: 300);

    [Fact]
    public void Whole_numbers_have_their_type_s_range() => Check.Sample(
        Number.Array[1, 200],
        texts =>
        {
            Compare(texts, Int64Type.Default, t => long.TryParse(t.Trim(' '), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? v : null, (a, r) => ((Int64Array)a).Values[r]);
            Compare(texts, Int32Type.Default, t => int.TryParse(t.Trim(' '), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? v : null, (a, r) => ((Int32Array)a).Values[r]);
            Compare(texts, Int8Type.Default, t => sbyte.TryParse(t.Trim(' '), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? v : null, (a, r) => ((Int8Array)a).Values[r]);
            Compare(texts, UInt8Type.Default, t => byte.TryParse(t.Trim(' '), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? v : null, (a, r) => ((UInt8Array)a).Values[r]);
            Compare(texts, UInt64Type.Default, t => ulong.TryParse(t.Trim(' '), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? unchecked((long)v) : null, (a, r) => unchecked((long)((UInt64Array)a).Values[r]));
        },
        iter: 200);

    [Theory]
    [InlineData("1.234.567,5", ',', '.', 1234567.5)]
    [InlineData("-1.234", ',', '.', -1234.0)]
    [InlineData("0,25", ',', null, 0.25)]
    [InlineData("12,34.5", '.', ',', null)]
    [InlineData("1,2345", '.', ',', null)]
    [InlineData(",234", '.', ',', null)]
    [InlineData("1'234.5", '.', '\'', 1234.5)]
    [InlineData("1.5", ',', null, null)]
    [InlineData("1234,5", ',', '.', 1234.5)]
    public async Task Decimal_and_thousands_separators_are_those_declared(string text, char point, char? thousands, double? expected)
    {
        var schema = new Schema([new Field("x", DoubleType.Default, true)], null);
        var options = new CsvReadOptions { Schema = schema, Separator = ';', DecimalSeparator = point, ThousandsSeparator = thousands };
        await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes($"x\n{text}\n")), "f.csv", options);
        double? value = null;
        await foreach (var batch in reader.ReadAsync())
            value = ((DoubleArray)batch.Column(0)).Values[0];
        Assert.Equal(expected, value);
    }

    private static void Compare(string[] texts, IArrowType type, Func<string, long?> expected, Func<IArrowArray, int, long> actual)
    {
        var schema = new Schema([new Field("x", type, true), new Field("n", Int32Type.Default, false)], null);
        var file = string.Concat(texts.Select((t, i) => $"{t};{i}\n"));
        var options = new CsvReadOptions { Schema = schema, Separator = ';', HasHeader = false };
        var found = new long?[texts.Length];
        var rejected = new HashSet<int>();
        Run().GetAwaiter().GetResult();
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.True(expected(texts[i]) == found[i], $"'{texts[i]}': {found[i]} where {expected(texts[i])} is right");
            Assert.Equal(texts[i].Length > 0 && expected(texts[i]) is null, rejected.Contains(i));
        }

        async Task Run()
        {
            await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), "f.csv", options);
            await foreach (var batch in reader.ReadAsync(onReject: r => rejected.Add((int)r.Line - 1)))
            {
                using (batch)
                {
                    for (var row = 0; row < batch.Length; row++)
                    {
                        if (!batch.Column(0).IsNull(row))
                            found[((Int32Array)batch.Column(1)).Values[row]] = actual(batch.Column(0), row);
                    }
                }
            }
        }
    }
}
