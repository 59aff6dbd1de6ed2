namespace DataEngineX.Compute;

/// <summary>
/// A function of one double. These go through <see cref="Math"/> row by row: vectorised approximations differ in the last digit, and
/// results must not depend on the processor's vectors.
/// </summary>
internal interface IMathOp
{
    double Invoke(double value);
}

internal readonly struct SinOp : IMathOp
{
    public double Invoke(double value) => Math.Sin(value);
}

internal readonly struct CosOp : IMathOp
{
    public double Invoke(double value) => Math.Cos(value);
}

internal readonly struct ExpOp : IMathOp
{
    public double Invoke(double value) => Math.Exp(value);
}

internal readonly struct LogOp : IMathOp
{
    public double Invoke(double value) => Math.Log(value);
}

internal readonly struct PowOp(double exponent) : IMathOp
{
    public double Invoke(double value) => Math.Pow(value, exponent);
}

internal readonly struct RoundOp(int digits) : IMathOp
{
    public double Invoke(double value) => Math.Round(value, digits, MidpointRounding.AwayFromZero);
}
