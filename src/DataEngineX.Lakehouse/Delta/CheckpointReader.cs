using Parquet;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Reads the Parquet files of a checkpoint, whose rows are actions with one struct column for each kind.</summary>
internal static class CheckpointReader
{
    /// <summary>Reads all parts, and the sidecars that they name.</summary>
    /// <exception cref="DataEngineXException">A part is missing or damaged.</exception>
    internal static async Task<IReadOnlyList<DeltaAction>> ReadAsync(
        IObjectStore store, string folder, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var actions = new List<DeltaAction>();
        foreach (var name in names)
            await ReadFileAsync(store, $"{folder}/{name}", actions, cancellationToken).ConfigureAwait(false);
        var sidecars = actions.Where(a => a.Sidecar is not null).Select(a => a.Sidecar!.Path).ToList();
        foreach (var sidecar in sidecars)
            await ReadFileAsync(store, SidecarKey(folder, sidecar), actions, cancellationToken).ConfigureAwait(false);
        return actions;
    }

    /// <summary>A sidecar is named by its file name, or by a whole path.</summary>
    private static string SidecarKey(string folder, string path)
    {
        var decoded = DeltaPaths.Decode(path);
        return $"{folder}/{LogNames.Sidecars}/{decoded[(decoded.LastIndexOf('/') + 1)..]}";
    }

    private static async Task ReadFileAsync(IObjectStore store, string key, List<DeltaAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                if (key.EndsWith(".json", StringComparison.Ordinal))
                {
                    var content = new byte[stream.Length];
                    await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
                    actions.AddRange(LogEntry.Parse(0, key, content).Actions);
                    return;
                }

                var reader = await ParquetReader.CreateAsync(stream, null, leaveStreamOpen: true, cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                    await ReadPartAsync(reader, actions, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new DataEngineXException($"Checkpoint {key} cannot be read: {e.Message}", e);
        }
    }

    private static async Task ReadPartAsync(ParquetReader reader, List<DeltaAction> actions, CancellationToken cancellationToken)
    {
        var fields = reader.Schema.GetDataFields().ToDictionary(f => string.Join('.', f.Path.ToList()), StringComparer.Ordinal);
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            var columns = new CheckpointColumns(group, fields, cancellationToken);
            foreach (var sidecar in await columns.TextsAsync("sidecar.path").ConfigureAwait(false))
            {
                if (sidecar is not null)
                    actions.Add(new DeltaAction { Sidecar = new SidecarAction { Path = sidecar } });
            }

            await ReadAddsAsync(columns, actions).ConfigureAwait(false);
            await ReadMetadataAsync(columns, actions).ConfigureAwait(false);
            await ReadProtocolAsync(columns, actions).ConfigureAwait(false);
            await ReadApplicationsAsync(columns, actions).ConfigureAwait(false);
        }
    }

    private static async Task ReadAddsAsync(CheckpointColumns columns, List<DeltaAction> actions)
    {
        var paths = await columns.TextsAsync("add.path").ConfigureAwait(false);
        var sizes = await columns.NumbersAsync("add.size").ConfigureAwait(false);
        var times = await columns.NumbersAsync("add.modificationTime").ConfigureAwait(false);
        var stats = await columns.TextsAsync("add.stats").ConfigureAwait(false);
        var partitions = await columns.MapsAsync("add.partitionValues").ConfigureAwait(false);
        var vectors = await ReadVectorsAsync(columns).ConfigureAwait(false);
        for (var i = 0; i < paths.Length; i++)
        {
            if (paths[i] is not { } path)
                continue;
            actions.Add(new DeltaAction
            {
                Add = new AddAction
                {
                    Path = path,
                    Size = sizes[i] ?? 0,
                    ModificationTime = times[i] ?? 0,
                    Stats = stats[i],
                    PartitionValues = partitions[i] ?? [],
                    DeletionVector = vectors[i],
                },
            });
        }
    }

    private static async Task<DeletionVectorSpec?[]> ReadVectorsAsync(CheckpointColumns columns)
    {
        const string Vector = "add.deletionVector.";
        var kinds = await columns.TextsAsync(Vector + "storageType").ConfigureAwait(false);
        var paths = await columns.TextsAsync(Vector + "pathOrInlineDv").ConfigureAwait(false);
        var offsets = await columns.IntegersAsync(Vector + "offset").ConfigureAwait(false);
        var sizes = await columns.IntegersAsync(Vector + "sizeInBytes").ConfigureAwait(false);
        var counts = await columns.NumbersAsync(Vector + "cardinality").ConfigureAwait(false);
        var vectors = new DeletionVectorSpec?[kinds.Length];
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is not { } kind)
                continue;
            vectors[i] = new DeletionVectorSpec
            {
                StorageType = kind,
                PathOrInlineDv = paths[i] ?? "",
                Offset = offsets[i],
                SizeInBytes = sizes[i] ?? 0,
                Cardinality = counts[i] ?? 0,
            };
        }

        return vectors;
    }

    private static async Task ReadMetadataAsync(CheckpointColumns columns, List<DeltaAction> actions)
    {
        var ids = await columns.TextsAsync("metaData.id").ConfigureAwait(false);
        var schemas = await columns.TextsAsync("metaData.schemaString").ConfigureAwait(false);
        var providers = await columns.TextsAsync("metaData.format.provider").ConfigureAwait(false);
        var partitions = await columns.ListsAsync("metaData.partitionColumns").ConfigureAwait(false);
        var configurations = await columns.MapsAsync("metaData.configuration").ConfigureAwait(false);
        for (var i = 0; i < ids.Length; i++)
        {
            if (schemas[i] is not { } schema)
                continue;
            actions.Add(new DeltaAction
            {
                MetaData = new MetadataAction
                {
                    Id = ids[i] ?? "",
                    SchemaString = schema,
                    Format = new FormatSpec { Provider = providers[i] ?? "parquet" },
                    PartitionColumns = partitions[i] ?? [],
                    Configuration = configurations[i] ?? [],
                },
            });
        }
    }

    private static async Task ReadProtocolAsync(CheckpointColumns columns, List<DeltaAction> actions)
    {
        var readers = await columns.IntegersAsync("protocol.minReaderVersion").ConfigureAwait(false);
        var writers = await columns.IntegersAsync("protocol.minWriterVersion").ConfigureAwait(false);
        var readerFeatures = await columns.ListsAsync("protocol.readerFeatures").ConfigureAwait(false);
        var writerFeatures = await columns.ListsAsync("protocol.writerFeatures").ConfigureAwait(false);
        for (var i = 0; i < readers.Length; i++)
        {
            if (readers[i] is not { } reader)
                continue;
            actions.Add(new DeltaAction
            {
                Protocol = new ProtocolAction
                {
                    MinReaderVersion = reader,
                    MinWriterVersion = writers[i] ?? 0,
                    ReaderFeatures = readerFeatures[i],
                    WriterFeatures = writerFeatures[i],
                },
            });
        }
    }

    private static async Task ReadApplicationsAsync(CheckpointColumns columns, List<DeltaAction> actions)
    {
        var ids = await columns.TextsAsync("txn.appId").ConfigureAwait(false);
        var versions = await columns.NumbersAsync("txn.version").ConfigureAwait(false);
        var domains = await columns.TextsAsync("domainMetadata.domain").ConfigureAwait(false);
        var configurations = await columns.TextsAsync("domainMetadata.configuration").ConfigureAwait(false);
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] is { } id)
                actions.Add(new DeltaAction { Txn = new TxnAction { AppId = id, Version = versions[i] ?? 0 } });
            if (domains[i] is { } domain)
                actions.Add(new DeltaAction { DomainMetadata = new DomainMetadataAction { Domain = domain, Configuration = configurations[i] ?? "" } });
        }
    }
}
