using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DataEngineX.AspNetCore;

/// <summary>Describes the face, and the host's own routes beside it, in one OpenAPI 3.1 document.</summary>
internal static class OpenApiSetup
{
    public const string Document = "v1";
    private const string Scheme = "bearer";

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(DescribeDocument);
        options.AddOperationTransformer(DescribeOperation);
    }

    private static Task DescribeDocument(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Description ??= "Pipelines, runs, datasets, lineage and models of this host. Errors are problem details (RFC 9457); below /v2 they follow Open Inference.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Scheme,
            BearerFormat = "JWT",
            Description = "A token with the role viewer, or operator to start runs.",
        };

        // Where the host is reached from is the caller's to know.
        document.Servers = null;
        return Task.CompletedTask;
    }

    private static Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        AddError(operation, "400");
        AddError(operation, "404");
        if (metadata.OfType<IAllowAnonymous>().Any())
            return Task.CompletedTask;
        AddError(operation, "401");
        AddError(operation, "403");
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] },
        ];
        return Task.CompletedTask;
    }

    private static void AddError(OpenApiOperation operation, string status) => operation.Responses!.TryAdd(
        status,
        new OpenApiResponse
        {
            Description = status switch
            {
                "400" => "The request is not valid; the answer names the field.",
                "401" => "No valid token.",
                "403" => "The token lacks the role.",
                _ => "There is no such thing.",
            },
        });
}
