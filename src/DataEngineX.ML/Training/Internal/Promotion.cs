using System.Globalization;

namespace DataEngineX.ML.Internal;

/// <summary>Applies a promotion policy to a reading of the holdout.</summary>
internal static class Promotion
{
    public static PromotionDecision Decide(PromotionPolicy policy, HoldoutResult? holdout)
    {
        if (Flaw(policy, holdout) is { } flaw)
            return new PromotionDecision(policy.Otherwise, false, flaw);
        var reason = holdout?.Gain is { } gain
            ? string.Create(CultureInfo.InvariantCulture, $"it beats {holdout.BestBaseline} by {gain:P1} on the holdout")
            : "there is no holdout with a baseline to beat";
        return new PromotionDecision(policy.Alias, true, reason);
    }

    private static string? Flaw(PromotionPolicy policy, HoldoutResult? holdout)
    {
        if (holdout?.Gain is not { } gain)
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
