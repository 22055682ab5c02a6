using Microsoft.Azure.Functions.Worker.Builder;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Azure;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<HttpFunctionMiddleware>();
var credential = AzureCredential.Make(builder.Environment, builder.Configuration);
builder.Services.AddAzureAdapters(builder.Configuration, credential);
builder.Services.AddProduct();
builder.AddTelemetry(credential);

var host = builder.Build();
await host.Services.GetRequiredService<AzurePreparation>().RunAsync(CancellationToken.None);
await host.RunAsync();
