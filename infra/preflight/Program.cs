using ServerlessSocial.Preflight;

var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
    .ToDictionary(variable => (string)variable.Key, variable => variable.Value as string ?? "", StringComparer.OrdinalIgnoreCase);
using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
return await PreflightCheck.RunAsync(environment, "infra/main.bicep", Console.Out, patience.Token);
