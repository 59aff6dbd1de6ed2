using Apache.Arrow;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Checks, while a pipeline is bound, that its columns can be written.</summary>
internal static class TextTargets
{
    internal static void Check(Schema flow, string disposition, Func<Schema, ITextEncoder> encode)
    {
        foreach (var field in flow.FieldsList)
        {
            try
            {
                encode(new Schema([field], null)).Dispose();
            }
            catch (ArgumentException e)
            {
                throw new PlanException(e.Message, disposition, field.Name);
            }
        }
    }
}
