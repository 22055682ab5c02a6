using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Options;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Azure;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<HttpFunctionMiddleware>();
var credential = AzureCredential.Make(builder.Environment, builder.Configuration);

// Changed documents and messages come as they were stored; the host writes what it adds (a timer's state) with capital letters.
builder.Services.Configure<WorkerOptions>(options =>
    options.Serializer = new JsonObjectSerializer(new JsonSerializerOptions(DocumentJson.Options) { PropertyNameCaseInsensitive = true }));
builder.Services.Configure<KestrelServerOptions>(RequestLimits.Apply);
builder.Services.AddAzureAdapters(builder.Configuration, credential);
builder.Services.AddProduct();
builder.AddTelemetry(credential);
try
{
    await builder.Build().RunAsync();
    return 0;
}
catch (OptionsValidationException exception)
{
    // A setting is wrong: said in a sentence, not in a stack trace.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
