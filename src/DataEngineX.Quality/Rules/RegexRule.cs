using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>
/// A regular expression matches somewhere in each value of a column; anchor it with <c>^</c> and <c>$</c> to match the whole. Missing values
/// are not checked; what is not text is matched as it is shown in samples.
/// </summary>
/// <remarks>Matching never backtracks, so time is linear in the text: lookaround and back-references are refused.</remarks>
public sealed class RegexRule : Rule
{
    private readonly Regex _regex;

    /// <summary>Creates the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="pattern">The regular expression.</param>
    /// <exception cref="ArgumentException">The pattern is not a regular expression, or cannot be matched without backtracking.</exception>
    public RegexRule(string column, string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        ArgumentNullException.ThrowIfNull(pattern);
        Columns = [column];
        Pattern = pattern;
        Parameters = [RuleParameter.Of("pattern", pattern)];
        try
        {
            _regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException error)
        {
            throw new ArgumentException(
                $"The pattern '{pattern}' for column '{column}' needs backtracking (lookaround or a back-reference); write it without.", nameof(pattern), error);
        }
    }

    /// <summary>The regular expression.</summary>
    public string Pattern { get; }

    /// <inheritdoc/>
    public override string Name => "regex";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters { get; }

    /// <inheritdoc/>
    public override string Expectation => $"{Columns[0]} matches '{Pattern}'";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var ordinal = Ordinal(schema, Columns[0]);
        return BoundRule.PerRow((batch, marks) =>
        {
            batch.SkipMissing(ordinal, marks);
            var column = batch.Column(ordinal);
            if (column.Data.DataType.TypeId == ArrowTypeId.String)
                MarkText(column, marks);
            else
                MarkOther(column, marks);
        });
    }

    private void MarkText(IArrowArray column, Span<RowMark> marks)
    {
        var texts = new TextColumn(column);
        char[] buffer = ArrayPool<char>.Shared.Rent(256);
        try
        {
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] != RowMark.Holds)
                    continue;
                var text = texts[i];
                // UTF-8 never has fewer bytes than UTF-16 has characters.
                if (buffer.Length < text.Length)
                {
                    ArrayPool<char>.Shared.Return(buffer);
                    buffer = ArrayPool<char>.Shared.Rent(text.Length);
                }

                if (!_regex.IsMatch(buffer.AsSpan(0, Encoding.UTF8.GetChars(text, buffer))))
                    marks[i] = RowMark.Violates;
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private void MarkOther(IArrowArray column, Span<RowMark> marks)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == RowMark.Holds && !_regex.IsMatch(CellText.Of(column, i) ?? string.Empty))
                marks[i] = RowMark.Violates;
        }
    }
}
