using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataEngineX.Quality;

/// <summary>Writes JSON elements without white space.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class SchemaJson : JsonSerializerContext;
