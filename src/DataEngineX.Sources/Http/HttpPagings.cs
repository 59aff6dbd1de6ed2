using System.Globalization;

namespace DataEngineX.Sources;

internal sealed record SinglePage : HttpPaging
{
    internal override string Canonical => "none";

    internal override Uri? Next(Uri address, HttpPage page) => null;
}

internal sealed record LinkPaging : HttpPaging
{
    internal override string Canonical => "link";

    internal override Uri? Next(Uri address, HttpPage page) => LinkHeader.Next(page.Links) is { } next ? new Uri(page.Address, next) : null;
}

internal sealed record NextUrlPaging(string Path) : HttpPaging
{
    internal override string? BodyPath => Path;

    internal override string Canonical => $"next {Path}";

    internal override Uri? Next(Uri address, HttpPage page) => page.Next is { Length: > 0 } next ? new Uri(page.Address, next) : null;
}

internal sealed record CursorPaging(string Parameter, string Path) : HttpPaging
{
    internal override string? BodyPath => Path;

    internal override string Canonical => $"cursor {Parameter} {Path}";

    internal override Uri? Next(Uri address, HttpPage page) => page.Next is { Length: > 0 } next ? QueryText.With(address, Parameter, next) : null;
}

internal sealed record NumberPaging(string Parameter, int FirstNumber) : HttpPaging
{
    internal override bool Counts => true;

    internal override string Canonical => $"number {Parameter} {FirstNumber}";

    internal override Uri First(Uri address) => At(address, 0);

    internal override Uri? Next(Uri address, HttpPage page) => page.Rows == 0 ? null : At(address, page.Number);

    private Uri At(Uri address, int pages) => QueryText.With(address, Parameter, ((long)FirstNumber + pages).ToString(CultureInfo.InvariantCulture));
}

internal sealed record OffsetPaging(string Parameter, string? LimitParameter, int Limit) : HttpPaging
{
    internal override bool Counts => true;

    internal override string Canonical => $"offset {Parameter} {LimitParameter} {Limit}";

    internal override Uri First(Uri address) => At(address, 0);

    internal override Uri? Next(Uri address, HttpPage page) => page.Rows == 0 ? null : At(address, page.RowsBefore + page.Rows);

    private Uri At(Uri address, long rows)
    {
        var at = QueryText.With(address, Parameter, rows.ToString(CultureInfo.InvariantCulture));
        return LimitParameter is null ? at : QueryText.With(at, LimitParameter, Limit.ToString(CultureInfo.InvariantCulture));
    }
}
