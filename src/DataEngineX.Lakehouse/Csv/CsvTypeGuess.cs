using System.Text;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Which types take all values of one column; a type falls out at the first value it does not take.</summary>
internal sealed class CsvTypeGuess
{
    // Where days and months cannot be told apart both forms stay, and the column is left as text rather than half of its days turned.
    private static readonly string[] DayForms = ["", "dd.MM.yyyy", "d.M.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "dd-MM-yyyy", "MM-dd-yyyy", "yyyyMMdd"];
    private static readonly string[] NullTextsKnown = ["NA", "N/A", "n/a", "#N/A", "NULL", "Null", "null", "None", "NaN", "nan", "\\N", "-", "?", "."];
    private readonly CsvNumberFormat _numbers;
    private readonly List<Candidate> _candidates;
    private readonly HashSet<string> _nullTexts = new(StringComparer.Ordinal);
    private long _nullTextsSeen;
    private (long Line, string Text) _first;
    private (long Line, string Text, string Type) _fell;

    internal CsvTypeGuess(CsvNumberFormat numbers)
    {
        _numbers = numbers;
        _candidates =
        [
            new(BooleanType.Default, null, static text => text.Length > 1 && CsvBooleanColumn.Parse(text) is not null),
            new(Int64Type.Default, null, IsWhole),
            new(DoubleType.Default, null, IsNumber),
            .. DayForms.Select(form => new Candidate(Date32Type.Default, form, text => form is "yyyyMMdd" && text.Length != 8 ? false : TextTimes.TryDay(text, form.Length == 0 ? [] : [form], out _))),
            new(ArrowTypes.TimestampLocal, null, static text => TextTimes.TryTimestamp(text, ArrowTypes.TimestampLocal, out _)),
            new(ArrowTypes.TimestampUtc, null, static text => text.Length > 10 && TextTimes.TryTimestamp(text, ArrowTypes.TimestampUtc, out _)),
            new(new Time64Type(TimeUnit.Microsecond), null, static text => TextTimes.TryTimeOfDay(text, TimeUnit.Microsecond, out _)),
        ];
    }

    /// <summary>How many values were neither empty nor a text that means null.</summary>
    internal long Values { get; private set; }

    internal long Nulls { get; private set; }

    /// <summary>The texts that mean null in this column.</summary>
    internal IEnumerable<string> NullTexts => IsText ? [] : _nullTexts;

    /// <summary>The form of the days, empty for ISO 8601.</summary>
    internal string? DayForm => Found?.Form;

    internal IArrowType Type => Found?.Type ?? StringType.Default;

    private bool IsText => Found is null;

    private Candidate? Found
    {
        get
        {
            if (Values == 0 || _candidates.Count == 0)
                return null;

            // A value with leading zeros is a code, and "20240131" may be a number as well: what came first in the list is the narrower reading.
            var first = _candidates[0];
            var isAmbiguous = first.Form is { Length: > 0 } && _candidates.Exists(c => c.Form is { Length: > 0 } form && form.Contains("MM", StringComparison.Ordinal)
                && first.Form.StartsWith("dd", StringComparison.Ordinal) && form.StartsWith("MM", StringComparison.Ordinal));
            return isAmbiguous ? null : first;
        }
    }

    internal void Add(string value, bool isQuoted, long line)
    {
        if (value.Length == 0)
        {
            Nulls++;
            return;
        }

        if (!isQuoted && NullTextsKnown.Contains(value))
        {
            _nullTexts.Add(value);
            _nullTextsSeen++;
            Nulls++;
            return;
        }

        if (Values++ == 0)
            _first = (line, value);
        var text = Encoding.UTF8.GetBytes(value.Trim(' ', '\t'));

        // What the first value rules out was never likely; after it, the narrowest type that falls out is what a value decided.
        var isTold = Values == 1;
        for (var i = 0; i < _candidates.Count; i++)
        {
            if (_candidates[i].Takes(text))
                continue;
            if (i == 0 && !isTold)
                _fell = (line, value, ArrowTypes.NameOf(_candidates[i].Type));
            isTold = true;
            _candidates.RemoveAt(i--);
        }
    }

    internal SniffedColumn Describe(string name)
    {
        // Texts that could mean null are values in a column of texts.
        var values = IsText ? Values + _nullTextsSeen : Values;
        var nulls = Nulls - (values - Values);
        if (Values == 0)
            return new SniffedColumn(name, name, Type, values, nulls, null, null, "no value was seen");
        var isAmbiguous = IsText && _candidates.Count > 0;
        var form = DayForm is { Length: > 0 } written ? $" as {written}" : "";
        if (_fell.Text is null || isAmbiguous)
            return new SniffedColumn(name, name, Type, values, nulls, _first.Line, _first.Text, isAmbiguous ? "days and months cannot be told apart" : $"all {ArrowTypes.NameOf(Type)}{form}");
        return new SniffedColumn(name, name, Type, values, nulls, _fell.Line, _fell.Text, $"not {_fell.Type}{form}");
    }

    private bool IsWhole(ReadOnlySpan<byte> text)
    {
        var digits = text.TrimStart((byte)'-');
        return !(digits.Length > 1 && digits[0] == '0') && new CsvIntegers<long>(_numbers).TryParse(text, out _);
    }

    private bool IsNumber(ReadOnlySpan<byte> text)
    {
        var digits = text.TrimStart((byte)'-');
        return !(digits.Length > 1 && digits[0] == '0' && digits[1] is >= (byte)'0' and <= (byte)'9') && new CsvFloats<double>(_numbers).TryParse(text, out _);
    }

    private delegate bool Test(ReadOnlySpan<byte> text);

    private sealed record Candidate(IArrowType Type, string? Form, Test Takes);
}
