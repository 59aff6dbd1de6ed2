using System.Reflection;
using Microsoft.ML;

namespace DataEngineX.ML.Internal;

/// <summary>The version of the library a model was made with, as its package tells it.</summary>
internal static class MlNetVersion
{
    public static string Text { get; } = "Microsoft.ML " + (typeof(MLContext).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown");
}
