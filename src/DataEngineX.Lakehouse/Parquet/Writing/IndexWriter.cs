using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Writes the indexes that let readers skip pages.</summary>
internal static class IndexWriter
{
    /// <summary>Least and greatest value of each page; nothing when a page has values without bounds.</summary>
    internal static void WriteBounds(ByteSink sink, WrittenChunk chunk)
    {
        var pages = chunk.Pages;
        if (pages.Count == 0 || pages.Exists(p => !p.IsAllNull && p.Bounds is null))
            return;
        var writer = new ThriftWriter(sink);
        writer.StartElement();
        writer.StartList(1, ThriftType.True, pages.Count);
        foreach (var page in pages)
            writer.Element(page.IsAllNull);
        writer.StartList(2, ThriftType.Binary, pages.Count);
        foreach (var page in pages)
            writer.Element(page.Bounds?.Min ?? []);
        writer.StartList(3, ThriftType.Binary, pages.Count);
        foreach (var page in pages)
            writer.Element(page.Bounds?.Max ?? []);

        // Whether pages are in order is not looked at: 0 says that they may not be.
        writer.Int(4, 0);
        writer.StartList(5, ThriftType.Long, pages.Count);
        foreach (var page in pages)
            writer.Element(page.NullCount);
        writer.EndStruct();
    }

    internal static void WriteLocations(ByteSink sink, WrittenChunk chunk)
    {
        var writer = new ThriftWriter(sink);
        writer.StartElement();
        writer.StartList(1, ThriftType.Struct, chunk.Pages.Count);
        foreach (var page in chunk.Pages)
        {
            writer.StartElement();
            writer.Long(1, chunk.Start + page.At);
            writer.Int(2, page.Bytes);
            writer.Long(3, page.FirstRow);
            writer.EndStruct();
        }

        writer.EndStruct();
    }
}
