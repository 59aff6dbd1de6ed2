using System.Globalization;
using Apache.Arrow;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Guesses how many rows the objects of a raw table hold, and cuts what is new of them into parts of about so many.</summary>
internal static class ObjectRows
{
    private const int Samples = 4;
    private const int SampleBytes = 1 << 20;

    /// <summary>The positions at which parts of about so many rows end. A cut can only be where a commit of the raw table ends.</summary>
    internal static async ValueTask<IReadOnlyList<string>> CutAsync(
        TableSource manifest, DataAccess data, InputVersion input, long rows, TextCompression compression, CancellationToken cancellationToken)
    {
        var ofOne = await OfOneAsync(manifest, data, input, compression, cancellationToken).ConfigureAwait(false);
        return await manifest.CutAsync(data, input, Math.Max(1, (long)Math.Round(rows / Math.Max(1, ofOne))), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>About how many rows one object holds: from the first lines of some of them, and the sizes of all.</summary>
    private static async ValueTask<double> OfOneAsync(
        TableSource manifest, DataAccess data, InputVersion input, TextCompression compression, CancellationToken cancellationToken)
    {
        if (await data.Tables.FindAsync(manifest.Dataset, cancellationToken).ConfigureAwait(false) is not { } table)
            return 1;
        var scan = new TableScan
        {
            Version = long.Parse(input.Position, CultureInfo.InvariantCulture),
            Since = input.Since is { } since ? long.Parse(since, CultureInfo.InvariantCulture) : null,
            Columns = [RawManifest.Path, RawManifest.Source, RawManifest.Size],
        };
        var (paths, names, sizes) = (new List<string>(), new List<string>(), new List<long>());
        await foreach (var batch in table.ScanAsync(scan, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                {
                    paths.Add(((StringArray)batch.Column(0)).GetString(row));
                    names.Add(((StringArray)batch.Column(1)).GetString(row));
                    sizes.Add(((Int64Array)batch.Column(2)).Values[row]);
                }
            }
        }

        var (lines, bytes) = (0L, 0L);
        for (var sample = 0; sample < Math.Min(Samples, paths.Count); sample++)
        {
            var place = (int)((long)sample * paths.Count / Samples);
            var stream = await data.Objects.OpenReadAsync(paths[place], cancellationToken).ConfigureAwait(false);
            await using var open = stream.ConfigureAwait(false);
            var (seen, read) = await LinesAsync(stream, TextCompressions.Of(compression, names[place]), sizes[place], cancellationToken).ConfigureAwait(false);
            (lines, bytes) = (lines + seen, bytes + read);
        }

        return bytes == 0 ? 1 : (double)lines / bytes * sizes.Sum() / sizes.Count;
    }

    /// <summary>The lines at the beginning of an object, and the bytes of it that hold them.</summary>
    private static async ValueTask<(long Lines, long Bytes)> LinesAsync(Stream stream, TextCompression compression, long size, CancellationToken cancellationToken)
    {
        var buffer = new byte[SampleBytes];
        var plain = compression == TextCompression.None ? stream : TextCompressions.Decompress(stream, compression);
        try
        {
            var read = await plain.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            var bytes = read < buffer.Length || !stream.CanSeek ? size : Math.Min(size, stream.Position);
            return (buffer.AsSpan(0, read).Count((byte)'\n'), Math.Max(1, bytes));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ZstdSharp.ZstdException)
        {
            // What is worthless is refused when it is read.
            return (0, Math.Max(1, size));
        }
        finally
        {
            if (!ReferenceEquals(plain, stream))
                await plain.DisposeAsync().ConfigureAwait(false);
        }
    }
}
