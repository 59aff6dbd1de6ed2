namespace DataEngineX.Lakehouse.Delta.Sql;

/// <summary>What a token of SQL is.</summary>
internal enum SqlTokenKind
{
    End,
    Word,
    Quoted,
    Text,
    Number,
    Bytes,
    Symbol,
}

/// <summary>A token of SQL, and where it begins and ends.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, int At, int End = 0);

/// <summary>Divides SQL into tokens.</summary>
internal static class SqlTokens
{
    private static readonly string[] Symbols = ["<=>", "<=", ">=", "<>", "!=", "==", "||", "=", "<", ">", "(", ")", "[", "]", ",", "+", "-", "*", "/", "%", "."];

    /// <exception cref="FormatException">A character begins no token.</exception>
    internal static List<SqlToken> Of(string sql)
    {
        var tokens = new List<SqlToken>();
        for (var at = 0; at < sql.Length;)
        {
            if (char.IsWhiteSpace(sql[at]))
            {
                at++;
                continue;
            }

            var token = Next(sql, at, out var end);
            tokens.Add(token with { End = end });
            at = end;
        }

        tokens.Add(new SqlToken(SqlTokenKind.End, "", sql.Length));
        return tokens;
    }

    private static SqlToken Next(string sql, int at, out int end)
    {
        var first = sql[at];
        if (first is '\'' or '"')
            return new SqlToken(SqlTokenKind.Text, Quoted(sql, at, first, escapes: true, out end), at);
        if (first == '`')
            return new SqlToken(SqlTokenKind.Quoted, Quoted(sql, at, first, escapes: false, out end), at);
        if (first is 'x' or 'X' && at + 1 < sql.Length && sql[at + 1] == '\'')
            return new SqlToken(SqlTokenKind.Bytes, Quoted(sql, at + 1, '\'', escapes: false, out end), at);
        if (char.IsLetter(first) || first == '_')
            return new SqlToken(SqlTokenKind.Word, While(sql, at, c => char.IsLetterOrDigit(c) || c == '_', out end), at);
        if (char.IsAsciiDigit(first) || (first == '.' && at + 1 < sql.Length && char.IsAsciiDigit(sql[at + 1])))
            return new SqlToken(SqlTokenKind.Number, Number(sql, at, out end), at);
        var symbol = Symbols.FirstOrDefault(s => string.CompareOrdinal(sql, at, s, 0, s.Length) == 0)
            ?? throw new FormatException($"'{first}' at {at} is not known");
        end = at + symbol.Length;
        return new SqlToken(SqlTokenKind.Symbol, symbol, at);
    }

    private static string While(string sql, int at, Func<char, bool> belongs, out int end)
    {
        for (end = at; end < sql.Length && belongs(sql[end]);)
            end++;
        return sql[at..end];
    }

    private static string Number(string sql, int at, out int end)
    {
        While(sql, at, c => char.IsAsciiDigit(c) || c == '.', out end);
        if (end < sql.Length && sql[end] is 'e' or 'E')
        {
            end++;
            if (end < sql.Length && sql[end] is '+' or '-')
                end++;
            While(sql, end, char.IsAsciiDigit, out end);
        }

        // What may follow says the type: 1L, 2.5BD.
        While(sql, end, char.IsAsciiLetter, out end);
        return sql[at..end];
    }

    private static string Quoted(string sql, int at, char quote, bool escapes, out int end)
    {
        var text = new System.Text.StringBuilder();
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (escapes && sql[i] == '\\' && i + 1 < sql.Length)
            {
                text.Append(sql[++i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var c => c });
            }
            else if (sql[i] != quote)
            {
                text.Append(sql[i]);
            }
            else if (i + 1 < sql.Length && sql[i + 1] == quote)
            {
                text.Append(quote);
                i++;
            }
            else
            {
                end = i + 1;
                return text.ToString();
            }
        }

        throw new FormatException($"the {quote} at {at} is not closed");
    }
}
