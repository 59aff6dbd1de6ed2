using System.Data.Common;
using System.Globalization;
using System.Text;

namespace DataEngineX.Sources;

/// <summary>A statement being written: names quoted, values as parameters.</summary>
internal sealed class SqlBuilder(SqlDialect dialect)
{
    private readonly StringBuilder _text = new();
    private readonly List<object> _values = [];
    private bool _hasWhere;

    internal SqlBuilder Add(string sql)
    {
        _text.Append(sql);
        return this;
    }

    internal SqlBuilder Names(IEnumerable<string> columns) => Add(string.Join(", ", columns.Select(dialect.Quote)));

    internal SqlBuilder From(string table) => Add(" FROM ").Add(dialect.QuoteTable(table));

    /// <summary>Begins one more condition that must hold.</summary>
    internal SqlBuilder And()
    {
        Add(_hasWhere ? " AND " : " WHERE ");
        _hasWhere = true;
        return this;
    }

    internal SqlBuilder Test(string column, string comparison, object value)
    {
        Add(dialect.Quote(column)).Add(comparison).Add("@p").Add(_values.Count.ToString(CultureInfo.InvariantCulture));
        _values.Add(value);
        return this;
    }

    /// <summary>A key that comes after another or not after it, column by column: the form that every database knows.</summary>
    internal SqlBuilder TestKey(IReadOnlyList<string> key, IReadOnlyList<object> values, bool after)
    {
        Add("(");
        for (var i = 0; i < key.Count; i++)
        {
            Add(i == 0 ? "(" : " OR (");
            for (var equal = 0; equal < i; equal++)
                Test(key[equal], " = ", values[equal]).Add(" AND ");
            Test(key[i], (after, i == key.Count - 1) switch { (true, _) => " > ", (false, true) => " <= ", _ => " < " }, values[i]).Add(")");
        }

        return Add(")");
    }

    internal SqlBuilder OrderBy(IReadOnlyList<string> columns) => columns.Count == 0 ? this : Add(" ORDER BY ").Names(columns);

    internal DbCommand Command(DbConnection connection, DbTransaction? transaction, TimeSpan timeout)
    {
        var command = connection.CreateCommand();
        command.CommandText = ToString();
        command.Transaction = transaction;
        command.CommandTimeout = (int)Math.Min(Math.Ceiling(timeout.TotalSeconds), int.MaxValue);
        for (var i = 0; i < _values.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + i.ToString(CultureInfo.InvariantCulture);
            parameter.Value = _values[i];
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public override string ToString() => _text.ToString();
}
