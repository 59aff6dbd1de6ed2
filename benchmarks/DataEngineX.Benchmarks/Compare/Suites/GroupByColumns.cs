using System.Text;
using CsvHelper;
using DataEngineX.Benchmarks.Compare.Answers;
using Sylvan.Data.Csv;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>G1 as a list a column, which is what a typed read with a CSV library ends in.</summary>
internal sealed class GroupByColumns
{
    private readonly List<string?>[] _texts = [[], [], []];
    private readonly List<int?>[] _integers = [[], [], [], [], []];
    private readonly List<double?> _doubles = [];

    public static GroupByColumns ReadSylvan(string file)
    {
        var columns = new GroupByColumns();
        using var reader = Sylvan.Data.Csv.CsvDataReader.Create(file, new CsvDataReaderOptions { BufferSize = 1 << 16 });
        while (reader.Read())
        {
            for (var i = 0; i < 3; i++)
                columns._texts[i].Add(reader.GetFieldSpan(i).IsEmpty ? null : reader.GetString(i));
            for (var i = 3; i < 8; i++)
                columns._integers[i - 3].Add(reader.GetFieldSpan(i).IsEmpty ? null : reader.GetInt32(i));
            columns._doubles.Add(reader.GetFieldSpan(8).IsEmpty ? null : reader.GetDouble(8));
        }

        return columns;
    }

    public static GroupByColumns ReadCsvHelper(string file)
    {
        var columns = new GroupByColumns();
        using var reader = CsvReader.FromFile(file, new CsvReaderOptions(), FileOptions.SequentialScan);
        foreach (var row in reader)
        {
            for (var i = 0; i < 3; i++)
                columns._texts[i].Add(row.GetSpan(i).IsEmpty ? null : row.GetString(i));
            for (var i = 3; i < 8; i++)
                columns._integers[i - 3].Add(row.GetSpan(i).IsEmpty ? null : row.Parse<int>(i));
            columns._doubles.Add(row.GetSpan(8).IsEmpty ? null : row.Parse<double>(8));
        }

        return columns;
    }

    public Answer Digest(AnswerShape shape)
    {
        var answer = new AnswerBuilder(9, shape);
        for (var row = 0; row < _doubles.Count; row++)
        {
            for (var i = 0; i < 9; i++)
                Add(answer, i, row);
            answer.EndRow();
        }

        return answer.Build();
    }

    private void Add(AnswerBuilder answer, int column, int row)
    {
        if (column < 3 && _texts[column][row] is { } text)
            answer.AddText(column, Encoding.UTF8.GetBytes(text));
        else if (column is >= 3 and < 8 && _integers[column - 3][row] is { } number)
            answer.AddInteger(column, number);
        else if (column == 8 && _doubles[row] is { } value)
            answer.AddDouble(column, value);
        else
            answer.AddNull(column);
    }
}
