using System.Data.Common;
using System.Numerics;
using System.Text;

namespace DataEngineX.Benchmarks.Compare.Answers;

/// <summary>Digests the rows of a data reader.</summary>
internal static class ReaderAnswer
{
    public static Answer Read(DbDataReader reader, AnswerShape shape)
    {
        var adders = Enumerable.Range(0, reader.FieldCount).Select(i => Adder(reader.GetFieldType(i))).ToArray();
        var answer = new AnswerBuilder(adders.Length, shape);
        while (reader.Read())
        {
            for (var i = 0; i < adders.Length; i++)
            {
                if (reader.IsDBNull(i))
                    answer.AddNull(i);
                else
                    adders[i](answer, reader, i);
            }

            answer.EndRow();
        }

        return answer.Build();
    }

    private static Action<AnswerBuilder, DbDataReader, int> Adder(Type type)
    {
        if (type == typeof(string))
            return (a, r, i) => AddText(a, i, r.GetString(i));
        if (type == typeof(double))
            return (a, r, i) => a.AddDouble(i, r.GetDouble(i));
        if (type == typeof(long))
            return (a, r, i) => a.AddInteger(i, r.GetInt64(i));
        if (type == typeof(int))
            return (a, r, i) => a.AddInteger(i, r.GetInt32(i));
        if (type == typeof(BigInteger))
            return (a, r, i) => a.AddInteger(i, (long)r.GetFieldValue<BigInteger>(i));
        if (type == typeof(DateTime))
            return (a, r, i) => a.AddInteger(i, (r.GetDateTime(i).Ticks - DateTime.UnixEpoch.Ticks) / 10);
        throw new NotSupportedException($"A result of {type.Name} has no digest.");
    }

    private static void AddText(AnswerBuilder answer, int column, string text)
    {
        Span<byte> bytes = stackalloc byte[1024];
        if (Encoding.UTF8.TryGetBytes(text, bytes, out var length))
            answer.AddText(column, bytes[..length]);
        else
            answer.AddText(column, Encoding.UTF8.GetBytes(text));
    }
}
