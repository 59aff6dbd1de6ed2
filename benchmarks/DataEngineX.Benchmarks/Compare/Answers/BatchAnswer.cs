using Apache.Arrow;

namespace DataEngineX.Benchmarks.Compare.Answers;

/// <summary>Digests Arrow batches.</summary>
internal static class BatchAnswer
{
    public static Answer Read(IReadOnlyList<RecordBatch> batches, AnswerShape shape)
    {
        var answer = new AnswerBuilder(batches.Count == 0 ? 0 : batches[0].ColumnCount, shape);
        foreach (var batch in batches)
        {
            for (var row = 0; row < batch.Length; row++)
            {
                for (var column = 0; column < batch.ColumnCount; column++)
                    Add(answer, column, batch.Column(column), row);
                answer.EndRow();
            }
        }

        return answer.Build();
    }

    private static void Add(AnswerBuilder answer, int column, IArrowArray array, int row)
    {
        if (array.IsNull(row))
        {
            answer.AddNull(column);
            return;
        }

        switch (array)
        {
            case StringArray a: answer.AddText(column, a.GetBytes(row)); break;
            case DoubleArray a: answer.AddDouble(column, a.Values[row]); break;
            case Int64Array a: answer.AddInteger(column, a.Values[row]); break;
            case Int32Array a: answer.AddInteger(column, a.Values[row]); break;
            case UInt64Array a: answer.AddInteger(column, (long)a.Values[row]); break;
            case TimestampArray a: answer.AddInteger(column, a.Values[row]); break;
            case Date32Array a: answer.AddInteger(column, a.Values[row]); break;
            case DictionaryArray a: Add(answer, column, a.Dictionary, Index(a.Indices, row)); break;
            default: throw new NotSupportedException($"A result of {array.Data.DataType.Name} has no digest.");
        }
    }

    private static int Index(IArrowArray indices, int row) => indices switch
    {
        Int32Array a => a.Values[row],
        Int16Array a => a.Values[row],
        Int8Array a => a.Values[row],
        _ => throw new NotSupportedException(indices.Data.DataType.Name),
    };
}
