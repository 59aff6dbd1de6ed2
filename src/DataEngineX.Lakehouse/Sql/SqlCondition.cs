using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta.Sql;

namespace DataEngineX.Lakehouse.Sql;

/// <summary>Conditions that people write as SQL text, as expressions of the engine.</summary>
/// <remarks>
/// <para>Understood are comparisons (<c>=</c>, <c>&lt;&gt;</c>, <c>&lt;</c>, <c>&lt;=&gt;</c> …), <c>AND</c>, <c>OR</c>, <c>NOT</c>, <c>IS [NOT] NULL</c>, <c>IS [NOT] TRUE</c>,
/// <c>IS [NOT] DISTINCT FROM</c>, <c>IN</c>, <c>BETWEEN</c>, <c>LIKE</c>, <c>ILIKE</c> and <c>RLIKE</c>, <c>CASE</c>, <c>CAST</c> and <c>TRY_CAST</c>, <c>+ - * / % ||</c>, fields of structs
/// (<c>a.b</c>), elements of lists from 0 (<c>a[0]</c>), and the functions of the engine under their usual names. Literals are numbers (<c>1</c>, <c>2.50</c> decimal,
/// <c>1e3</c> double), texts, <c>TRUE</c>, <c>FALSE</c>, <c>NULL</c>, <c>DATE '…'</c>, <c>TIMESTAMP '…'</c> (UTC where it has no zone), <c>TIMESTAMP_NTZ '…'</c> and <c>X'…'</c>.</para>
/// <para>Names of columns are matched exactly, or else whatever their case; quote others by <c>`</c>. A text beside a column of days, times or numbers is read as one.
/// Whole numbers divide to a fraction, and division by zero gives null.</para>
/// </remarks>
public static class SqlCondition
{
    /// <summary>The expression that a text means for rows of a schema.</summary>
    /// <param name="sql">The text, such as <c>day &gt;= DATE '2024-01-01' AND station IN ('a', 'b')</c>.</param>
    /// <param name="schema">The columns of the rows.</param>
    /// <returns>An expression that is bound to nothing yet; literals have the type of the column that they stand beside, so that files are skipped by them.</returns>
    /// <exception cref="DataEngineXException">The text uses what is not known, names a column that is not there, or brings together what does not fit; the message says what and where.</exception>
    public static Expr Parse(string sql, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(schema);
        try
        {
            var binding = new SqlBinding(schema);
            var (parsed, texts) = SqlParser.ParseWithTexts(sql, SqlDialect.Condition);
            return new SqlTypes(sql, schema, binding, texts).Check(parsed);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new DataEngineXException($"The condition ({sql}) is not understood: {e.Message}.", e);
        }
    }
}
