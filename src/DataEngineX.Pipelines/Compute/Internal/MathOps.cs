namespace DataEngineX.Compute;

/// <summary>
/// A function of one double. These go through <see cref="Math"/> row by row: vectorised approximations differ in the last digit, and
/// results must not depend on the processor's vectors.
/// </summary>
internal interface IMathOp
{
    double Invoke(double value);
}

/// <summary>A function of two doubles.</summary>
internal interface IMathPairOp
{
    double Invoke(double left, double right);
}

internal readonly struct SinOp : IMathOp
{
    public double Invoke(double value) => Math.Sin(value);
}

internal readonly struct CosOp : IMathOp
{
    public double Invoke(double value) => Math.Cos(value);
}

internal readonly struct TanOp : IMathOp
{
    public double Invoke(double value) => Math.Tan(value);
}

internal readonly struct AsinOp : IMathOp
{
    public double Invoke(double value) => Math.Asin(value);
}

internal readonly struct AcosOp : IMathOp
{
    public double Invoke(double value) => Math.Acos(value);
}

internal readonly struct AtanOp : IMathOp
{
    public double Invoke(double value) => Math.Atan(value);
}

internal readonly struct SinhOp : IMathOp
{
    public double Invoke(double value) => Math.Sinh(value);
}

internal readonly struct CoshOp : IMathOp
{
    public double Invoke(double value) => Math.Cosh(value);
}

internal readonly struct TanhOp : IMathOp
{
    public double Invoke(double value) => Math.Tanh(value);
}

internal readonly struct ExpOp : IMathOp
{
    public double Invoke(double value) => Math.Exp(value);
}

internal readonly struct LogOp : IMathOp
{
    public double Invoke(double value) => Math.Log(value);
}

internal readonly struct Log10Op : IMathOp
{
    public double Invoke(double value) => Math.Log10(value);
}

internal readonly struct Log2Op : IMathOp
{
    public double Invoke(double value) => Math.Log2(value);
}

internal readonly struct CbrtOp : IMathOp
{
    public double Invoke(double value) => Math.Cbrt(value);
}

internal readonly struct DegreesOp : IMathOp
{
    public double Invoke(double value) => double.RadiansToDegrees(value);
}

internal readonly struct RadiansOp : IMathOp
{
    public double Invoke(double value) => double.DegreesToRadians(value);
}

internal readonly struct PowerOp(double exponent) : IMathOp
{
    public double Invoke(double value) => Math.Pow(value, exponent);
}

internal readonly struct RoundOp(int digits, MidpointRounding mode) : IMathOp
{
    public double Invoke(double value) => Math.Round(value, digits, mode);
}

internal readonly struct PowOp : IMathPairOp
{
    public double Invoke(double left, double right) => Math.Pow(left, right);
}

internal readonly struct Atan2Op : IMathPairOp
{
    public double Invoke(double left, double right) => Math.Atan2(left, right);
}
