using System.Globalization;
using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>Rules that observe one value of the whole dataset.</summary>
internal static class Observation
{
    /// <summary>A rule that marks no rows and whose state sees all batches in order.</summary>
    /// <param name="state">Makes the state of a run.</param>
    public static BoundRule Rule(Func<RuleContext, RuleState> state) => new Observing(state, true);

    /// <summary>A rule that marks no rows and whose states merge: threads have one each.</summary>
    /// <param name="state">Makes the state of a thread.</param>
    public static BoundRule Merging(Func<RuleContext, RuleState> state) => new Observing(state, false);

    /// <summary>The verdict on what was observed.</summary>
    /// <param name="counted">The verdict so far.</param>
    /// <param name="holds">Whether it is as expected.</param>
    /// <param name="json">What was observed, as JSON; null for nothing.</param>
    /// <param name="details">What else was.</param>
    public static Verdict Verdict(Verdict counted, bool holds, string? json, params IReadOnlyList<VerdictField> details) => counted with
    {
        Outcome = holds ? VerdictOutcome.Pass : VerdictOutcome.Fail,
        Checked = 1,
        Failed = holds ? 0 : 1,
        Observed = RuleText.Short(json is ['"', ..] ? JsonDocument.Parse(json).RootElement.GetString() : json),
        ObservedJson = json,
        Details = details,
    };

    /// <summary>A number as JSON; what is not finite as text.</summary>
    public static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : $"\"{value.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>A count as JSON.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class Observing(Func<RuleContext, RuleState> state, bool inOrder) : BoundRule
    {
        public override bool MarksRows => false;

        public override bool InOrder => inOrder;

        public override RuleState CreateState(RuleContext context) => state(context);
    }
}
