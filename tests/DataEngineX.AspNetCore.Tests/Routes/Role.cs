namespace DataEngineX.AspNetCore.Tests;

internal enum Role
{
    Anonymous,
    Viewer,
    Operator,
}
