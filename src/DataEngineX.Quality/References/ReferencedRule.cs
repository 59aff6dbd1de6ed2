namespace DataEngineX.Quality;

/// <summary>A rule bound to another dataset too, of which it has to know something before the first row is checked.</summary>
/// <param name="reference">The name of the other dataset.</param>
/// <param name="columns">The columns of it that are read.</param>
internal abstract class ReferencedRule(string reference, IReadOnlyList<string> columns) : BoundRule
{
    public string Reference => reference;

    public IReadOnlyList<string> ReferenceColumns => columns;

    /// <summary>Makes what reads the other dataset in one run.</summary>
    public abstract ReferenceReader CreateReader(RuleContext context);
}
