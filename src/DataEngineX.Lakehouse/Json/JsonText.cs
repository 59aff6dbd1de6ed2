using System.Text;
using Apache.Arrow;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Tells values of a column as JSON, in the form of <see cref="JsonLinesWriter"/>. Not safe for several threads.</summary>
public sealed class JsonText
{
    private readonly JsonCell _cell;
    private IArrowArray? _bound;

    /// <summary>For a column.</summary>
    /// <param name="field">The column.</param>
    public JsonText(Field field)
    {
        ArgumentNullException.ThrowIfNull(field);
        _cell = JsonCell.For(field);
    }

    /// <summary>The text of a value.</summary>
    /// <param name="column">Values of the column; borrowed.</param>
    /// <param name="row">The row.</param>
    /// <exception cref="MalformedDataException">The value is a damaged variant.</exception>
    public string Of(IArrowArray column, int row)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (!ReferenceEquals(_bound, column))
        {
            _cell.Bind(column);
            _bound = column;
        }

        using var text = new GrowBuffer<byte>();
        _cell.Write(row, text);
        return Encoding.UTF8.GetString(text.Items);
    }
}
