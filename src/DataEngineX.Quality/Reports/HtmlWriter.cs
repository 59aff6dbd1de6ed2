using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

// The package of the dashboard compiles this file too, under a namespace of its own: XML documentation knows types by their full names.
#if DATAENGINEX_DASHBOARD
namespace DataEngineX.AspNetCore;
#else
namespace DataEngineX.Quality.Reports;
#endif

/// <summary>Writes HTML from interpolated strings: what stands in the source is markup, every value in it is encoded.</summary>
internal sealed class HtmlWriter
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder _text = new();

    /// <summary>How many bytes the text has in UTF-8.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(_text.ToString());

    /// <summary>Adds markup with encoded values.</summary>
    public HtmlWriter Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Adds markup that is the program's own.</summary>
    public HtmlWriter AddMarkup(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Adds what another writer wrote.</summary>
    public HtmlWriter Add(HtmlWriter part)
    {
        _text.Append(part._text);
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>Takes the pieces of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly StringBuilder _text;

        public Markup(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _text = writer._text;
            _text.EnsureCapacity(_text.Length + literalLength + (formattedCount * 16));
        }

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted<T>(T value, string? format = null)
        {
            var text = value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString();
            if (!string.IsNullOrEmpty(text))
                _text.Append(Encoder.Encode(text));
        }
    }
}
