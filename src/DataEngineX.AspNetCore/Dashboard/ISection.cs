namespace DataEngineX.AspNetCore;

/// <summary>A section of the status page.</summary>
internal interface ISection
{
    /// <summary>The id of its element.</summary>
    string Id { get; }

    /// <summary>Its heading.</summary>
    string Title { get; }

    /// <summary>Writes what stands below the heading.</summary>
    ValueTask WriteAsync(HtmlWriter html, StatusData data, CancellationToken cancellationToken);
}
