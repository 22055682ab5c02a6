using Microsoft.Azure.Functions.Worker.Builder;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Azure;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<HttpFunctionMiddleware>();
builder.Services.AddAzureAdapters(builder.Configuration);
builder.Services.AddProduct();
builder.AddTelemetry();

var host = builder.Build();
await host.Services.GetRequiredService<AzurePreparation>().RunAsync(CancellationToken.None);
await host.RunAsync();
