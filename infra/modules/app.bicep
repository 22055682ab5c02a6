// The function app on a Flex Consumption plan, and every setting the code binds.
param name string
param planName string
param location string
param tags object
param identityId string
param identityClientId string
param componentName string
param hostStorageEndpoint string
param packageContainer string
param mediaEndpoint string
param mediaContainer string
param cosmosEndpoint string
param databaseName string
param serviceBusHost string
param openAiEndpoint string
param chatModel string
param imageModel string
param embeddingModel string

@description('What models cost, in US dollars, as text: chatInput, chatOutput and embedding per million tokens, image per picture.')
param modelPrices object

param identityAuthority string
param identityAudience string
param identityRoleClaim string
param pushSubject string

@description('Address of the secret of a key vault that holds what content credentials are signed with; empty for a key of the service\'s own.')
param signingCredential string

@description('US dollars that models may cost in a day; empty for no ceiling.')
param dailyModelSpend string

@description('Address of the Key Vault secret that events of plans are signed with; empty for none.')
param plansWebhookSecretUri string

@description('Origins of pages that may call. The platform and the service must know the same: see siteConfig.cors.')
param allowedOrigins string[]

@description('Address of Web PubSub; empty for none.')
param liveEndpoint string

param maximumInstanceCount int
param instanceMemoryMB int

@description('Requests an instance serves at once before another is started.')
param httpConcurrency int
param alwaysReadyInstances int
param alwaysReadyPostInstances int

@description('Functions on the way of a post into feeds. Each scales alone and would start cold, one after the other.')
param postFunctions string[]
param zoneRedundant bool

@description('Least severe logs that are kept, at the host and at the worker.')
param logLevel string

@description('Traces an instance keeps per second.')
param tracesPerSecond int

@description('Subnet for outgoing traffic; empty uses the internet.')
param subnetId string

var enoughForZones = alwaysReadyInstances >= 2 && alwaysReadyPostInstances != 1
var alwaysReady = !zoneRedundant || enoughForZones
  ? [
      ...(alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyInstances }])
      ...(alwaysReadyPostInstances == 0
        ? []
        : map(postFunctions, name => { name: 'function:${name}', instanceCount: alwaysReadyPostInstances }))
    ]
  : fail('Zone redundancy takes two instances or more always ready in every group: set AZURE_ALWAYS_READY_INSTANCES to 2 or more, and AZURE_ALWAYS_READY_POST_INSTANCES to 0 or to 2 or more.')

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId

    // Who fetches the secrets that settings refer to.
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'

      // The service itself says what pages may read (Http__Origins), which the platform cannot: it exposes no headers. But on this plan the Functions host answers
      // every preflight, with these origins or, where there are none, with a refusal (WebScriptHostBuilderExtension.cs in github.com/Azure/azure-functions-host).
      cors: { allowedOrigins: allowedOrigins }
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorageEndpoint}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        alwaysReady: alwaysReady
        triggers: { http: { perInstanceConcurrency: httpConcurrency } }
      }
    }
  }
}

resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    APPLICATIONINSIGHTS_CONNECTION_STRING: component.properties.ConnectionString
    AZURE_CLIENT_ID: identityClientId
    AzureFunctionsJobHost__logging__logLevel__default: logLevel
    AzureWebJobsStorage__blobServiceUri: hostStorageEndpoint
    AzureWebJobsStorage__clientId: identityClientId
    AzureWebJobsStorage__credential: 'managedidentity'
    Cosmos__Database: databaseName
    Cosmos__accountEndpoint: cosmosEndpoint
    Cosmos__clientId: identityClientId
    Cosmos__credential: 'managedidentity'
    Http__Origins: empty(allowedOrigins) ? 'none' : join(allowedOrigins, ',')
    Identity__Audience: identityAudience
    Identity__Authority: identityAuthority
    Identity__RoleClaim: identityRoleClaim
    Logging__LogLevel__Default: logLevel
    Media__Container: mediaContainer
    Media__ServiceUri: mediaEndpoint
    OTEL_TRACES_SAMPLER: 'microsoft.rate_limited'
    OTEL_TRACES_SAMPLER_ARG: string(tracesPerSecond)
    OpenAI__ChatInputPrice: modelPrices.chatInput
    OpenAI__ChatModel: chatModel
    OpenAI__ChatOutputPrice: modelPrices.chatOutput
    OpenAI__EmbeddingModel: embeddingModel
    OpenAI__EmbeddingPrice: modelPrices.embedding
    OpenAI__Endpoint: openAiEndpoint
    OpenAI__ImageModel: imageModel
    OpenAI__ImagePrice: modelPrices.image
    OpenAI__VisionModel: chatModel
    Provenance__Credential: empty(signingCredential) ? 'none' : '@Microsoft.KeyVault(SecretUri=${signingCredential})'
    Push__Subject: empty(pushSubject) ? 'https://${app.properties.defaultHostName}' : pushSubject
    ServiceBus__clientId: identityClientId
    ServiceBus__credential: 'managedidentity'
    ServiceBus__fullyQualifiedNamespace: serviceBusHost
    ...(empty(dailyModelSpend) ? {} : { Models__DailyDollars: dailyModelSpend })

    // The platform reads it as the app's identity: no secret passes through a deployment.
    ...(empty(plansWebhookSecretUri) ? {} : { Plans__WebhookSecret: '@Microsoft.KeyVault(SecretUri=${plansWebhookSecretUri})' })
    ...(empty(liveEndpoint) ? {} : { WebPubSub__Endpoint: liveEndpoint })
  }
}

// Publishing with a user name and password is off; deployments come with a token.
resource ftp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource scm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

output name string = app.name
output uri string = 'https://${app.properties.defaultHostName}'
