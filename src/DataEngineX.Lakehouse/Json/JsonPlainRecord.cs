namespace DataEngineX.Lakehouse.Json;

/// <summary>
/// Reads lines that have exactly the members of the line before, in its order, without a blank or an escape and with nothing nested, which is
/// what most files consist of: names are compared as bytes, and values of columns that are not wanted are stepped over. Any other line is
/// left to <see cref="JsonRecord"/>, which also says what is wrong with a bad one.
/// </summary>
internal sealed class JsonPlainRecord
{
    // A line that is not plain costs its attempt; where many are not, no more are tried.
    private const int MostTrust = 64;
    private const int CostOfMiss = 8;
    private readonly (byte[] Head, JsonColumn? Column)[] _members;
    private int _trust = MostTrust;

    private JsonPlainRecord((byte[] Head, JsonColumn? Column)[] members) => _members = members;

    /// <summary>Makes the reader of objects of a shape; null when one of the columns is not in it, or is twice, or a name would be escaped.</summary>
    internal static JsonPlainRecord? Of(IReadOnlyList<(byte[] Name, int Column)> shape, JsonColumn[] columns)
    {
        var found = shape.Where(static m => m.Column >= 0).Select(static m => m.Column).ToList();
        if (found.Count != columns.Length || found.Distinct().Count() != columns.Length)
            return null;
        if (shape.Any(static m => JsonPlainValues.TextLength([.. m.Name, (byte)'"']) != m.Name.Length))
            return null;
        return new JsonPlainRecord([.. shape.Select((m, i) => (
            (byte[])[i == 0 ? (byte)'{' : (byte)',', (byte)'"', .. m.Name, (byte)'"', (byte)':'], m.Column < 0 ? null : columns[m.Column]))]);
    }

    /// <summary>Reads a line; where it returns false, columns may hold values of it that are to be taken back.</summary>
    internal bool TryRead(ReadOnlySpan<byte> text)
    {
        if (_trust <= 0)
            return false;
        var isPlain = TryReadMembers(text);
        _trust = isPlain ? Math.Min(MostTrust, _trust + 1) : _trust - CostOfMiss;
        return isPlain;
    }

    private bool TryReadMembers(ReadOnlySpan<byte> text)
    {
        foreach (var (head, column) in _members)
        {
            if (!text.StartsWith(head))
                return false;
            text = text[head.Length..];
            var length = text.IsEmpty ? -1 : ReadValue(text, column);
            if (length < 0)
                return false;
            text = text[length..];
        }

        return text is [(byte)'}'];
    }

    /// <returns>The length of the value, or a negative number when it is not plain or not one of the column's.</returns>
    private static int ReadValue(ReadOnlySpan<byte> text, JsonColumn? column)
    {
        if (text[0] == '"')
        {
            var length = JsonPlainValues.TextLength(text[1..]);
            return length >= 0 && (column is null || column.TryAppendPlainText(text.Slice(1, length))) ? length + 2 : -1;
        }

        if (text[0] == 'n')
        {
            if (!text.StartsWith("null"u8) || column is { Field.IsNullable: false })
                return -1;
            column?.AppendNull();
            return 4;
        }

        if (text[0] is (byte)'t' or (byte)'f')
        {
            var literal = text[0] == 't' ? "true"u8 : "false"u8;
            return text.StartsWith(literal) && (column is null || column.TryAppendPlainTruth(text[0] == 't')) ? literal.Length : -1;
        }

        var digits = JsonPlainValues.NumberLength(text);
        return digits > 0 && (column is null || column.TryAppendPlainNumber(text[..digits])) ? digits : -1;
    }
}
