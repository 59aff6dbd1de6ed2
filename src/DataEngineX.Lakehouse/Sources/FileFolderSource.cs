using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>
/// The files of a folder, one row each: name, size, time and content. Read incrementally, it yields files that are new or changed;
/// a file still being written (its name starts with '.' or ends in .tmp or .part, or it changed less than 200 ms ago) is left for the next run.
/// </summary>
public sealed class FileFolderSource : BatchSource
{
    /// <summary>The namespace of files and folders.</summary>
    public const string Namespace = "file";

    /// <summary>The largest file that is read.</summary>
    public const int MaxFileBytes = 1 << 30;

    private readonly FolderFiles _files;
    private readonly string _pattern;

    /// <summary>Creates the source.</summary>
    /// <param name="folder">The folder; relative paths are taken from the current folder. Where it is missing there are no files.</param>
    /// <param name="pattern">Which files: a name in which '*' and '?' stand for any characters and any one. <value>Default: all.</value></param>
    /// <param name="name">The name under which cursor and lineage know the folder. <value>Default: the folder's own name.</value></param>
    /// <exception cref="ArgumentException">The pattern would leave the folder.</exception>
    public FileFolderSource(string folder, string pattern = "*", string? name = null)
    {
        _files = new FolderFiles(folder, pattern, skipUnsettled: true);
        _pattern = pattern;
        Dataset = new DatasetId(Namespace, name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));
    }

    /// <summary>The columns, as of <see cref="ReceivedFile"/>.</summary>
    public static Schema Schema { get; } = new(
        [
            new Field("path", StringType.Default, nullable: false),
            new Field("size", Int64Type.Default, nullable: false),
            new Field("modified", ArrowTypes.TimestampUtc, nullable: false),
            new Field("content", BinaryType.Default, nullable: false),
        ],
        null);

    /// <inheritdoc/>
    public override DatasetId Dataset { get; }

    /// <inheritdoc/>
    public override bool SupportsIncremental => true;

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("pattern", _pattern);
    }

    /// <inheritdoc/>
    public override ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken) => ValueTask.FromResult<Schema?>(Schema);

    /// <inheritdoc/>
    public override ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken)
    {
        var files = _files.List();
        var done = FolderFiles.MarksOf(since);
        var hasData = files.Exists(f => !done.Contains(FolderFiles.MarkOf(f)));
        return ValueTask.FromResult(new InputVersion(Dataset, FolderFiles.PositionOf(files), since, hasData));
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<string>> CutAsync(DataAccess data, InputVersion input, long rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (wanted, done) = (FolderFiles.MarksOf(input.Position), FolderFiles.MarksOf(input.Since));
        var files = _files.List().Where(f => wanted.Contains(FolderFiles.MarkOf(f))).ToList();
        var fresh = files.Where(f => !done.Contains(FolderFiles.MarkOf(f))).ToList();
        var cuts = new List<string>();
        for (var count = rows; count < fresh.Count; count += rows)
        {
            var later = fresh.Skip((int)count).Select(FolderFiles.MarkOf).ToHashSet(StringComparer.Ordinal);
            cuts.Add(FolderFiles.PositionOf(files.Where(f => !later.Contains(FolderFiles.MarkOf(f)))));
        }

        return ValueTask.FromResult<IReadOnlyList<string>>([.. cuts, input.Position]);
    }

    /// <inheritdoc/>
    public override string? LeaveOut(InputVersion input, IReadOnlySet<string> refused)
    {
        ArgumentNullException.ThrowIfNull(input);
        var marks = FolderFiles.MarksOf(input.Position);
        marks.ExceptWith(_files.List().Where(f => refused.Contains(f.Name)).Select(FolderFiles.MarkOf));
        return FolderFiles.PositionOf(marks);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wanted = FolderFiles.MarksOf(request.Input.Position);
        wanted.ExceptWith(FolderFiles.MarksOf(request.Input.Since));
        foreach (var file in _files.List())
        {
            // A file that changed since the run was planned is another one, which the next run will find.
            if (!wanted.Contains(FolderFiles.MarkOf(file)))
                continue;
            var content = request.Schema.FieldsList.Any(f => f.Name == "content")
                ? await ReadAsync(file, request.Context, cancellationToken).ConfigureAwait(false)
                : [];
            if (content is not null)
                yield return Build(file, content, request);
        }
    }

    private static async ValueTask<byte[]?> ReadAsync(FileInfo file, OperatorContext context, CancellationToken cancellationToken)
    {
        if (file.Length > MaxFileBytes)
        {
            context.ReportRefused(new SourceRefusedException(file.Name, $"it has {file.Length} bytes, and at most {MaxFileBytes} are read"));
            return null;
        }

        try
        {
            var content = await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false);
            var now = new FileInfo(file.FullName);
            return now.Exists && FolderFiles.MarkOf(now) == FolderFiles.MarkOf(file) ? content : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.ReportRefused(new SourceRefusedException(file.Name, $"it cannot be read ({e.Message})"));
            return null;
        }
    }

    private static RecordBatch Build(FileInfo file, byte[] content, ScanRequest request)
    {
        var builders = BatchBuilder.For(request.Schema);
        for (var i = 0; i < request.Schema.FieldsList.Count; i++)
        {
            switch (request.Schema.FieldsList[i].Name)
            {
                case "path": builders.Text(i, file.Name); break;
                case "size": builders.Value(i, file.Length); break;
                case "modified": builders.Value(i, (file.LastWriteTimeUtc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond); break;
                default: builders.Bytes(i, content); break;
            }
        }

        return builders.Build(request.Context.Allocator);
    }
}
