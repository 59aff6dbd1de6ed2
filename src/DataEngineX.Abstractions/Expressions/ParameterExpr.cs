namespace DataEngineX.Expressions;

/// <summary>A value that is known only when a run starts, so that it never enters a fingerprint.</summary>
public sealed class ParameterExpr : Expr
{
    /// <summary>The instant at which the run started by the host's clock: a timestamp in UTC.</summary>
    public const string Clock = "clock";

    /// <summary>The seed of the run: a 64-bit integer.</summary>
    public const string Seed = "seed";

    /// <summary>The id of the run: a text.</summary>
    public const string Run = "run";

    /// <summary>Creates the node.</summary>
    /// <param name="name"><see cref="Clock"/>, <see cref="Seed"/> or <see cref="Run"/>.</param>
    public ParameterExpr(string name)
    {
        if (name is not (Clock or Seed or Run))
            throw new ArgumentException($"'{name}' is not a run parameter: use '{Clock}', '{Seed}' or '{Run}'.", nameof(name));
        Name = name;
    }

    /// <summary>The parameter name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => [];

    /// <inheritdoc/>
    public override Expr WithChildren(IReadOnlyList<Expr> children) => this;

    private protected override string WriteCanonical() => $"(param {Name})";
}
