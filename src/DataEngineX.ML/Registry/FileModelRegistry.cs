using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataEngineX.ML.Internal;

namespace DataEngineX.ML;

/// <summary>
/// A model registry of files in an object store: <c>models/&lt;name&gt;/versions/&lt;n&gt;/{card.json, model.zip, manifest.json}</c> and
/// <c>models/&lt;name&gt;/aliases/&lt;alias&gt;/&lt;sequence&gt;.json</c>.
/// </summary>
/// <remarks>
/// A number is taken by putting <c>card.json</c> where there is none; the version exists once <c>manifest.json</c> is there, which is put
/// last, so a crash in between leaves a number unused and nothing to be seen. An alias is the newest of its moves; moving it puts the next
/// number where there is none, which makes the swap atomic and the moves an audit trail. Safe from many threads and processes.
/// </remarks>
public sealed class FileModelRegistry : IModelRegistry, IAliasHistory
{
    private const string Root = "models";
    private const string CardFile = "card.json";
    private const string ArtifactFile = "model.zip";
    private const string ManifestFile = "manifest.json";
    private readonly IObjectStore _store;
    private readonly TimeProvider _clock;

    /// <summary>Opens the registry in a store; nothing is read yet.</summary>
    /// <param name="store">The object store.</param>
    /// <param name="clock">The host's clock; the system's when <see langword="null"/>.</param>
    public FileModelRegistry(IObjectStore store, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _clock = clock ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public async ValueTask<ModelVersion> RegisterAsync(ModelRegistration registration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var name = DatasetId.Model(registration.Name).Name;
        var card = Encoding.UTF8.GetBytes(registration.Card ?? "{}");
        var number = await AllocateAsync(name, card, cancellationToken).ConfigureAwait(false);
        await _store.PutAsync(Key(name, number, ArtifactFile), registration.Artifact, cancellationToken).ConfigureAwait(false);
        var manifest = new VersionManifest
        {
            Format = VersionManifest.CurrentFormat,
            Name = name,
            Version = number,
            CreatedAt = _clock.GetUtcNow(),
            Sha256 = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                [CardFile] = Digest(card),
                [ArtifactFile] = Digest(registration.Artifact.Span),
            },
            Signature = registration.Signature,
            Metrics = registration.Metrics,
            Inputs = registration.Inputs,
            Record = registration.Record,
        };
        var written = JsonSerializer.SerializeToUtf8Bytes(manifest, MlJson.Options);
        await _store.PutAsync(Key(name, number, ManifestFile), written, cancellationToken).ConfigureAwait(false);
        return Version(manifest, registration.Card ?? "{}", []);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken = default)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var item in _store.ListAsync($"{Root}/", cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (item.Key.Split('/') is [_, var name, "versions", _, ManifestFile])
                names.Add(name);
        }

        return [.. names];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ModelVersion>> ListVersionsAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!DatasetId.IsTableName(name))
            return [];
        var aliases = await AliasesAsync(name, cancellationToken).ConfigureAwait(false);
        var versions = new List<ModelVersion>();
        foreach (var number in (await NumbersAsync(name, ManifestFile, cancellationToken).ConfigureAwait(false)).OrderDescending())
            versions.Add((await ReadAsync(name, number, aliases, cancellationToken).ConfigureAwait(false))!);
        return versions;
    }

    /// <inheritdoc/>
    public async ValueTask<ModelVersion?> FindVersionAsync(
        string name, string versionOrAlias, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(versionOrAlias);
        if (!DatasetId.IsTableName(name))
            return null;
        if (!ModelNames.TryVersion(versionOrAlias, out var number) && !ModelNames.IsAlias(versionOrAlias))
            return null;
        var aliases = await AliasesAsync(name, cancellationToken).ConfigureAwait(false);
        if (number == 0)
        {
            if (aliases.Find(a => a.Alias == versionOrAlias) is not { } alias)
                return null;
            number = alias.Version;
        }

        return await ReadAsync(name, number, aliases, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TrySetAliasAsync(
        string name, string alias, int version, int? expected, string actor, CancellationToken cancellationToken = default)
    {
        _ = DatasetId.Model(name);
        ModelNames.RequireAlias(alias);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        if (await _store.HeadAsync(Key(name, version, ManifestFile), cancellationToken).ConfigureAwait(false) is null)
            throw new DataEngineXException($"Alias '{alias}' cannot point at version {version}: model '{name}' has no such version.");
        var current = await CurrentAsync(name, alias, cancellationToken).ConfigureAwait(false);
        if (current?.Version != expected)
            return false;
        var change = new AliasChange(alias, (current?.Sequence ?? 0) + 1, version, current?.Version, actor, _clock.GetUtcNow());
        var written = JsonSerializer.SerializeToUtf8Bytes(change, MlJson.Options);
        return await _store.PutIfAbsentAsync(AliasKey(name, alias, change.Sequence), written, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AliasChange>> ListAliasChangesAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        var changes = new List<AliasChange>();
        if (!DatasetId.IsTableName(name))
            return changes;
        await foreach (var item in _store.ListAsync($"{Root}/{name}/aliases/", cancellationToken: cancellationToken).ConfigureAwait(false))
            changes.Add(await ReadJsonAsync<AliasChange>(item.Key, cancellationToken).ConfigureAwait(false));
        return changes;
    }

    /// <inheritdoc/>
    public async ValueTask<Stream> OpenArtifactAsync(string name, int version, CancellationToken cancellationToken = default)
    {
        _ = DatasetId.Model(name);
        if (await _store.HeadAsync(Key(name, version, ManifestFile), cancellationToken).ConfigureAwait(false) is null)
            throw new DataEngineXException($"Model '{name}' has no version {version}.");
        var manifest = await ReadJsonAsync<VersionManifest>(Key(name, version, ManifestFile), cancellationToken).ConfigureAwait(false);
        await CheckedAsync(name, version, CardFile, manifest, cancellationToken).ConfigureAwait(false);
        var artifact = await CheckedAsync(name, version, ArtifactFile, manifest, cancellationToken).ConfigureAwait(false);
        return new MemoryStream(artifact, writable: false);
    }

    private async ValueTask<int> AllocateAsync(string name, byte[] card, CancellationToken cancellationToken)
    {
        var number = (await NumbersAsync(name, CardFile, cancellationToken).ConfigureAwait(false)).DefaultIfEmpty(0).Max() + 1;
        while (!await _store.PutIfAbsentAsync(Key(name, number, CardFile), card, cancellationToken).ConfigureAwait(false))
            number++;
        return number;
    }

    private async ValueTask<List<int>> NumbersAsync(string name, string file, CancellationToken cancellationToken)
    {
        var numbers = new List<int>();
        await foreach (var item in _store.ListAsync($"{Root}/{name}/versions/", cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (item.Key.Split('/') is [_, _, _, var version, var last] && last == file && ModelNames.TryVersion(version, out var number))
                numbers.Add(number);
        }

        return numbers;
    }

    private async ValueTask<ModelVersion?> ReadAsync(
        string name, int number, List<AliasChange> aliases, CancellationToken cancellationToken)
    {
        if (await _store.HeadAsync(Key(name, number, ManifestFile), cancellationToken).ConfigureAwait(false) is null)
            return null;
        var manifest = await ReadJsonAsync<VersionManifest>(Key(name, number, ManifestFile), cancellationToken).ConfigureAwait(false);
        var card = Encoding.UTF8.GetString(await ReadAsync(Key(name, number, CardFile), cancellationToken).ConfigureAwait(false));
        return Version(manifest, card, [.. aliases.Where(a => a.Version == number).Select(a => a.Alias)]);
    }

    private async ValueTask<List<AliasChange>> AliasesAsync(string name, CancellationToken cancellationToken)
    {
        // Keys list in order of alias and sequence, so the last of each alias is its newest move.
        var newest = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var item in _store.ListAsync($"{Root}/{name}/aliases/", cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (item.Key.Split('/') is [_, _, _, var alias, _])
                newest[alias] = item.Key;
        }

        var aliases = new List<AliasChange>();
        foreach (var key in newest.Values)
            aliases.Add(await ReadJsonAsync<AliasChange>(key, cancellationToken).ConfigureAwait(false));
        return aliases;
    }

    private async ValueTask<AliasChange?> CurrentAsync(string name, string alias, CancellationToken cancellationToken)
        => (await AliasesAsync(name, cancellationToken).ConfigureAwait(false)).Find(a => a.Alias == alias);

    private async ValueTask<byte[]> CheckedAsync(
        string name, int version, string file, VersionManifest manifest, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(Key(name, version, file), cancellationToken).ConfigureAwait(false);
        var digest = Digest(content);
        if (!manifest.Sha256.TryGetValue(file, out var promised) || promised != digest)
        {
            throw new DataEngineXException(
                $"Model '{name}' version {version} is not loaded: {file} has SHA-256 {digest} where its manifest says "
                + $"{promised ?? "nothing"}. It was changed after it was registered; restore it or register a new version.");
        }

        return content;
    }

    private async ValueTask<T> ReadJsonAsync<T>(string key, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(key, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize<T>(content, MlJson.Options) ?? throw new JsonException("it is empty");
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or KeyNotFoundException or IOException)
        {
            throw new DataEngineXException($"'{key}' in {_store.Location} cannot be read: {error.Message}", error);
        }
    }

    private async ValueTask<byte[]> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var stream = await _store.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        await using var owner = stream.ConfigureAwait(false);
        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        return content;
    }

    private static ModelVersion Version(VersionManifest manifest, string card, IReadOnlyList<string> aliases) => new()
    {
        Name = manifest.Name,
        Version = manifest.Version,
        CreatedAt = manifest.CreatedAt,
        RunId = manifest.Record?.RunId,
        Record = manifest.Record,
        Inputs = manifest.Inputs,
        Signature = manifest.Signature,
        Metrics = manifest.Metrics,
        Card = card,
        Aliases = aliases,
    };

    private static string Key(string name, int version, string file)
        => string.Create(CultureInfo.InvariantCulture, $"{Root}/{name}/versions/{version}/{file}");

    // Padded so that the listing's ordinal order is the order of the moves.
    private static string AliasKey(string name, string alias, int sequence)
        => string.Create(CultureInfo.InvariantCulture, $"{Root}/{name}/aliases/{alias}/{sequence:D10}.json");

    private static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
