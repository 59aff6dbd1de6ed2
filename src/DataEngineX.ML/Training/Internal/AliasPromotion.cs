using System.Text.Json;

namespace DataEngineX.ML.Internal;

/// <summary>Moves the alias a new version takes, also when the run that registered it did not come so far.</summary>
internal static class AliasPromotion
{
    public static async ValueTask ApplyAsync(
        IModelRegistry registry, ModelVersion version, PromotionDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Alias is not { } alias)
            return;
        var actor = version.Record?.Pipeline ?? "training";
        while (true)
        {
            var current = await registry.FindVersionAsync(version.Name, alias, cancellationToken).ConfigureAwait(false);
            // A newer version took it meanwhile: an older one must not take it back.
            if (current?.Version >= version.Version)
                return;
            if (await registry.TrySetAliasAsync(version.Name, alias, version.Version, current?.Version, actor, cancellationToken)
                .ConfigureAwait(false))
                return;
        }
    }

    /// <summary>Moves the alias if that version never had it; a version that had it and lost it stays without.</summary>
    public static async ValueTask ResumeAsync(IModelRegistry registry, ModelVersion version, CancellationToken cancellationToken)
    {
        if (Decision(version) is not { Alias: { } alias } decision || version.Aliases.Contains(alias))
            return;
        if (registry is IAliasHistory history)
        {
            var changes = await history.ListAliasChangesAsync(version.Name, cancellationToken).ConfigureAwait(false);
            if (changes.Any(c => c.Alias == alias && c.Version == version.Version))
                return;
        }
        else if (await registry.FindVersionAsync(version.Name, alias, cancellationToken).ConfigureAwait(false) is not null)
        {
            return;
        }

        await ApplyAsync(registry, version, decision, cancellationToken).ConfigureAwait(false);
    }

    private static PromotionDecision? Decision(ModelVersion version)
    {
        try
        {
            return version.Card is { } card ? ModelCard.FromJson(card).Promotion : null;
        }
        catch (JsonException)
        {
            // A card of another make says nothing about promotion.
            return null;
        }
    }
}
