using System.Globalization;
using System.Text;
using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using Microsoft.Data.Analysis;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>Data frames of Microsoft.Data.Analysis from batches, and their digest.</summary>
internal static class Frames
{
    public static DataFrame From(IReadOnlyList<RecordBatch> batches, params IReadOnlyList<string> columns) =>
        new([.. columns.Select(c => Column(c, [.. batches.Select(b => b.Column(c))]))]);

    public static Answer Answer(DataFrame frame) => Answer(frame, AnswerShape.Default);

    public static Answer Answer(DataFrame frame, AnswerShape shape)
    {
        var answer = new AnswerBuilder(frame.Columns.Count, shape);
        for (long row = 0; row < frame.Rows.Count; row++)
        {
            for (var i = 0; i < frame.Columns.Count; i++)
                Add(answer, i, frame.Columns[i][row]);
            answer.EndRow();
        }

        return answer.Build();
    }

    private static void Add(AnswerBuilder answer, int column, object? value)
    {
        if (value is null)
            answer.AddNull(column);
        else if (value is string text)
            answer.AddText(column, Encoding.UTF8.GetBytes(text));
        else if (value is double number)
            answer.AddDouble(column, number);
        else
            answer.AddInteger(column, Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    private static DataFrameColumn Column(string name, IReadOnlyList<IArrowArray> chunks) => chunks[0] switch
    {
        StringArray => new StringDataFrameColumn(name, chunks.Cast<StringArray>().SelectMany(c => Enumerable.Range(0, c.Length).Select(i => c.GetString(i)))),
        Int32Array => new Int32DataFrameColumn(name, chunks.Cast<Int32Array>().SelectMany(c => c)),
        DoubleArray => new DoubleDataFrameColumn(name, chunks.Cast<DoubleArray>().SelectMany(c => c)),
        _ => throw new NotSupportedException(chunks[0].Data.DataType.Name),
    };
}
