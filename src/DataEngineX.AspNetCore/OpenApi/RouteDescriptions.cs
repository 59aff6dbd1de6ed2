using System.Globalization;
using Microsoft.OpenApi;

namespace DataEngineX.AspNetCore;

/// <summary>What the OpenAPI document says of routes beyond their types.</summary>
internal static class RouteDescriptions
{
    /// <summary>Says that the query parameter <c>limit</c> is a number and which.</summary>
    public static RouteHandlerBuilder DescribesLimit(this RouteHandlerBuilder route, int fallback, int max) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Parameters?.FirstOrDefault(p => p.Name == "limit") is OpenApiParameter limit)
            {
                limit.Description = $"At most so many; {fallback} when left out.";
                limit.Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Minimum = "1",
                    Maximum = max.ToString(CultureInfo.InvariantCulture),
                };
            }

            return Task.CompletedTask;
        });
}
