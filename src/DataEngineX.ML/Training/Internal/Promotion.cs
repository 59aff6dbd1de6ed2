using System.Globalization;

namespace DataEngineX.ML.Internal;

/// <summary>Applies a promotion policy to a reading of the holdout or, while there is none, to the rolling-origin evaluation.</summary>
internal static class Promotion
{
    public static PromotionDecision Decide(
        PromotionPolicy policy, HoldoutResult? holdout, ContenderResult chosen, IReadOnlyList<ContenderResult> baselines)
    {
        var best = baselines.MinBy(b => b.Score);
        if ((holdout is null ? FlawInFolds(policy, chosen, best) : Flaw(policy, holdout)) is { } flaw)
            return new PromotionDecision(policy.Otherwise, false, flaw);
        var reason = (holdout, best) switch
        {
            ({ Gain: { } gain }, _) => string.Create(CultureInfo.InvariantCulture, $"it beats {holdout.BestBaseline} by {gain:P1} on the holdout"),
            (null, not null) => string.Create(
                CultureInfo.InvariantCulture,
                $"it beats {best.Name} by {1 - (chosen.Score / best.Score):P1} in the rolling-origin evaluation; the holdout is still to come"),
            _ => "there is no baseline to beat",
        };
        return new PromotionDecision(policy.Alias, true, reason);
    }

    /// <summary>Folds give no interval, so significance is left to the holdout.</summary>
    private static string? FlawInFolds(PromotionPolicy policy, ContenderResult chosen, ContenderResult? best)
    {
        if (best is null)
            return null;
        var gain = 1 - (chosen.Score / best.Score);
        if (!(gain >= policy.MinimumGain))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"it gains {gain:P1} over {best.Name} in the rolling-origin evaluation, less than the {policy.MinimumGain:P1} asked for");
        }

        var worse = policy.RequireEveryGroup
            ? chosen.Groups.Keys.FirstOrDefault(g => chosen.Groups[g].MeanAbsoluteError > best.Groups[g].MeanAbsoluteError)
            : null;
        return worse is null ? null : $"it is worse than {best.Name} on group '{worse}' in the rolling-origin evaluation";
    }

    private static string? Flaw(PromotionPolicy policy, HoldoutResult holdout)
    {
        if (holdout.Gain is not { } gain)
            return null;
        var best = holdout.Baselines.First(b => b.Name == holdout.BestBaseline);
        if (!(gain >= policy.MinimumGain))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"it gains {gain:P1} over {best.Name} on the holdout, less than the {policy.MinimumGain:P1} asked for");
        }

        if (policy.RequireSignificance && !(holdout.Difference!.Low > 0))
            return $"its gain over {best.Name} on the holdout may be chance: the interval of the difference reaches 0";
        if (!policy.RequireEveryGroup)
            return null;
        foreach (var (group, errors) in holdout.Model.Groups)
        {
            if (errors.MeanAbsoluteError > best.Groups[group].MeanAbsoluteError)
                return $"it is worse than {best.Name} on group '{group}' of the holdout";
        }

        return null;
    }
}
