// Everything the service needs in one resource group. What the code needs (containers, queues, roles) comes from resources.json,
// which a test keeps equal to the code's own declarations.
targetScope = 'subscription'

@description('Name of the azd environment; names and tags are derived from it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of all resources: one that has the Flex Consumption plan and the default models.')
@allowed([
  'eastus2'
  'swedencentral'
  'uaenorth'
  'westus3'
])
@metadata({ azd: { type: 'location' } })
param location string

@description('Model that moderates, drafts and summarises; the deployment has the same name. The defaults of the three models are what a new subscription could deploy in November 2026; the preflight reads them here.')
param chatModel string = 'gpt-5.6-luna'

@description('Version of the chat model.')
param chatModelVersion string = '2026-07-09'

@description('Capacity of the chat model, in thousand tokens per minute.')
@minValue(1)
param chatModelCapacity int = 50

@description('What the models cost, in US dollars, for the cost metric: chatInput, chatOutput and embedding per million tokens, image per picture. With 0 no cost is metered.')
param modelPrices object = {
  chatInput: '0'
  chatOutput: '0'
  embedding: '0'
  image: '0'
}

@description('Model that draws images; the deployment has the same name.')
param imageModel string = 'gpt-image-2'

@description('Version of the image model.')
param imageModelVersion string = '2026-04-21'

@description('Capacity of the image model, in the units of its quota.')
@minValue(1)
param imageModelCapacity int = 1

@description('Model that turns text into vectors; the deployment has the same name.')
param embeddingModel string = 'text-embedding-3-small'

@description('Version of the embedding model.')
param embeddingModelVersion string = '1'

@description('Capacity of the embedding model, in thousand tokens per minute.')
@minValue(1)
param embeddingModelCapacity int = 50

@description('Where models compute: anywhere, or inside the data zone of the region (European Union, United States), at a higher price.')
@allowed(['GlobalStandard', 'DataZoneStandard'])
param modelSku string = 'GlobalStandard'

@description('OpenID Connect authority whose tokens are accepted; empty takes the tenant of the subscription.')
param identityAuthority string = ''

@description('Audience tokens must name: the client id of the API registration. It has no default, because any default would be a guess at whose tokens to trust.')
@minLength(1)
param identityAudience string

@description('Claim that holds the roles of a caller.')
param identityRoleClaim string = 'roles'

@description('A mailto: or https: address at which push services reach whoever runs this; empty takes the address of the app.')
param pushSubject string = ''

@description('Address of a secret in a key vault, https://VAULT.vault.azure.net/secrets/NAME, that holds what content credentials are signed with: a private key on P-256 and its certificates as PEM. Empty signs with a key that the service makes itself.')
param signingCredential string = ''

@description('Origins of pages that may call the API, such as https://app.example, separated by commas; * for any. Empty lets no page of another origin in.')
param allowedOrigins string = ''

@description('Connections that Web PubSub holds, so that clients are told at once of what is new: none, Free_F1 (20 at once) or Standard_S1. None leaves it out, and clients ask from time to time.')
@allowed(['none', 'Free_F1', 'Standard_S1'])
param liveChannel string = 'none'

@description('Thousands of connections at once, where liveChannel is Standard_S1.')
@allowed([1, 2, 5, 10, 20, 50, 100])
param liveChannelUnits int = 1

@description('0 makes Cosmos DB serverless; otherwise the autoscale maximum of every container in request units per second.')
@minValue(0)
param cosmosMaxThroughput int = 0

@description('Autoscale maximum of single containers by name, such as { posts: 40000 }, where cosmosMaxThroughput is not 0.')
param cosmosContainerThroughput object = {}

@description('How long Cosmos DB can be restored to any second; 30 days is charged by the size of the data.')
@allowed(['Continuous7Days', 'Continuous30Days'])
param cosmosBackupTier string = 'Continuous7Days'

@description('Premium is needed for a private endpoint of Service Bus and cannot be changed to or from later.')
@allowed(['Standard', 'Premium'])
param serviceBusSku string = 'Standard'

@description('Gives the service the Data Owner role of the namespace, which the platform needs to scale by the length of queues instead of step by step.')
param scaleByQueueLength bool = false

@description('Most instances the service may run on.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('Memory of an instance in megabytes.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Requests an instance serves at once before another is started; 0 takes one for every 64 megabytes of memory. See infra/README.md for why.')
@minValue(0)
@maxValue(1000)
param httpConcurrency int = 0

@description('Instances for HTTP that are kept warm and paid for all the time.')
@minValue(0)
param alwaysReadyInstances int = 0

@description('Instances kept warm for each function on the way of a post into feeds (postFunctions in resources.json); each is paid for all the time.')
@minValue(0)
param alwaysReadyPostInstances int = 0

@description('Spreads data and instances over availability zones. It takes two instances always ready for HTTP and, where there are any, for the functions of a post.')
param zoneRedundant bool = false

@description('Closes the data services and the taking in of logs to the internet and reaches them through private endpoints. The API itself stays public, as does Service Bus unless it is Premium.')
param privateNetworking bool = false

@description('Addresses of the virtual network, where networking is private: a block of at least 512, of which the service takes the first half for its instances and the second for endpoints.')
param networkAddresses string = '10.20.0.0/23'

@description('With private networking, lets logs be read from inside the network alone: the portal then shows none from outside, and availability tests and alerts still work.')
param privateLogQueries bool = false

@description('Days logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Least severe logs that are kept. Errors always are.')
@allowed(['Information', 'Warning', 'Error'])
param logLevel string = 'Warning'

@description('Traces an instance keeps per second; metrics and errors are kept whatever this is.')
@minValue(1)
param tracesPerSecond int = 5

@description('Gigabytes of logs in a day above which an alert is raised. Nothing is cut off then: a cut would take the errors of the day with it.')
@minValue(1)
param dailyLogLimitGb int = 5

@description('Address alerts are sent to; empty shows them in the portal alone.')
param alertEmail string = ''

@description('Seconds a message may wait for its worker before an alert is raised.')
@minValue(1)
param queueAgeLimit int = 600

@description('Share of the throughput of a Cosmos DB container, in percent, above which an alert is raised.')
@minValue(1)
@maxValue(100)
param throughputLimit int = 80

@description('Places from which GET /api/health is asked every quarter of an hour, so that an outage is noticed without callers; none switches the test off.')
param availabilityTestLocations string[] = ['emea-nl-ams-azr', 'us-va-ash-azr', 'apac-sg-sin-azr']

@description('Model tokens in a day above which an alert is raised.')
@minValue(1)
param dailyTokenLimit int = 5000000

@description('Model spend in a month, in the currency of the subscription, at 80 and 100 percent of which an alert is raised; 0 sets no budget.')
@minValue(0)
param monthlyModelBudget int = 0

@description('US dollars that models may cost in a day (UTC), by modelPrices, above which nothing is made by them until the next day; empty sets no ceiling.')
param dailyModelSpend string = ''

@description('Address of a secret in your Key Vault with which events of plans are signed, such as https://VAULT.vault.azure.net/secrets/plans; the identity of the app must be allowed to read it. Empty takes no events.')
param plansWebhookSecretUri string = ''

@description('First day of the month the budget starts in, as in 2026-12-01. It is given explicitly because Azure does not let it change later.')
param budgetStart string = ''

@description('Further tags of every resource.')
param extraTags object = {}

var resources = loadJsonContent('resources.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = union(extraTags, { 'azd-env-name': environmentName })

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-${token}'
    componentName: 'appi-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    roles: resources.roles.monitoring
    retentionDays: logRetentionDays
    privateAccess: privateNetworking
    privateQueries: privateLogQueries
  }
}

module hostStorage 'modules/storage.bicep' = {
  name: 'host-storage'
  scope: group
  params: {
    name: 'sthost${token}'
    location: location
    tags: tags
    containers: ['app-package']
    zoneRedundant: zoneRedundant
    privateAccess: privateNetworking
    principalId: identity.outputs.principalId
    roles: resources.roles.hostStorage
  }
}

module mediaStorage 'modules/storage.bicep' = {
  name: 'media-storage'
  scope: group
  params: {
    name: 'stmedia${token}'
    location: location
    tags: tags
    containers: resources.blobContainers
    zoneRedundant: zoneRedundant
    privateAccess: privateNetworking
    principalId: identity.outputs.principalId
    roles: resources.roles.mediaStorage
  }
}

module cosmos 'modules/cosmos.bicep' = {
  name: 'cosmos'
  scope: group
  params: {
    name: 'cosmos-${token}'
    location: location
    tags: tags
    databaseName: resources.database
    containers: resources.containers
    maxThroughput: cosmosMaxThroughput
    containerThroughput: cosmosContainerThroughput
    backupTier: cosmosBackupTier
    zoneRedundant: zoneRedundant
    privateAccess: privateNetworking
    principalId: identity.outputs.principalId
    roles: resources.roles.cosmos
  }
}

module serviceBus 'modules/servicebus.bicep' = {
  name: 'servicebus'
  scope: group
  params: {
    name: 'sb-${token}'
    location: location
    tags: tags
    sku: serviceBusSku
    queues: resources.queues
    scaleByQueueLength: scaleByQueueLength
    privateAccess: privateNetworking
    principalId: identity.outputs.principalId
    roles: resources.roles.serviceBus
  }
}

module openAi 'modules/openai.bicep' = {
  name: 'openai'
  scope: group
  params: {
    name: 'oai-${token}'
    location: location
    tags: tags
    sku: modelSku
    deployments: [
      { model: chatModel, version: chatModelVersion, capacity: chatModelCapacity }
      { model: imageModel, version: imageModelVersion, capacity: imageModelCapacity }
      { model: embeddingModel, version: embeddingModelVersion, capacity: embeddingModelCapacity }
    ]
    privateAccess: privateNetworking
    principalId: identity.outputs.principalId
    roles: resources.roles.openAi
  }
}

module live 'modules/webpubsub.bicep' = if (liveChannel != 'none') {
  name: 'webpubsub'
  scope: group
  params: {
    name: 'wps-${token}'
    location: location
    tags: tags
    sku: liveChannel == 'Standard_S1' ? 'Standard_S1' : 'Free_F1'
    units: liveChannelUnits
    principalId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (privateNetworking) {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
    addresses: networkAddresses
  }
}

module monitoringLink 'modules/monitoring-link.bicep' = if (privateNetworking) {
  name: 'monitoring-link'
  scope: group
  params: {
    name: 'ampls-${token}'
    tags: tags
    workspaceName: monitoring.outputs.workspaceName
    componentName: monitoring.outputs.componentName
    privateQueries: privateLogQueries
  }
}

module privateEndpoints 'modules/private-endpoints.bicep' = if (privateNetworking) {
  name: 'private-endpoints'
  scope: group
  params: {
    networkName: network!.outputs.name
    subnetId: network!.outputs.endpointSubnetId
    location: location
    tags: tags
    endpoints: [
      { name: 'host-storage', resourceId: hostStorage.outputs.id, service: 'blob' }
      { name: 'media-storage', resourceId: mediaStorage.outputs.id, service: 'blob' }
      { name: 'cosmos', resourceId: cosmos.outputs.id, service: 'Sql' }
      { name: 'openai', resourceId: openAi.outputs.id, service: 'account' }
      { name: 'monitoring', resourceId: monitoringLink!.outputs.id, service: 'azuremonitor' }
      ...(serviceBusSku == 'Premium' ? [{ name: 'servicebus', resourceId: serviceBus.outputs.id, service: 'namespace' }] : [])
    ]
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    componentName: monitoring.outputs.componentName
    hostStorageEndpoint: hostStorage.outputs.blobEndpoint
    packageContainer: 'app-package'
    mediaEndpoint: mediaStorage.outputs.blobEndpoint
    mediaContainer: resources.blobContainers[0]
    cosmosEndpoint: cosmos.outputs.endpoint
    databaseName: resources.database
    serviceBusHost: serviceBus.outputs.host
    openAiEndpoint: openAi.outputs.endpoint
    chatModel: chatModel
    imageModel: imageModel
    embeddingModel: embeddingModel
    modelPrices: modelPrices
    identityAuthority: empty(identityAuthority)
      ? '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
      : identityAuthority
    identityAudience: identityAudience
    identityRoleClaim: identityRoleClaim
    pushSubject: pushSubject
    signingCredential: signingCredential
    dailyModelSpend: dailyModelSpend
    plansWebhookSecretUri: plansWebhookSecretUri
    allowedOrigins: empty(allowedOrigins) ? [] : map(split(allowedOrigins, ','), origin => trim(origin))
    liveEndpoint: liveChannel == 'none' ? '' : 'https://wps-${token}.webpubsub.azure.com'
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    httpConcurrency: httpConcurrency == 0 ? instanceMemoryMB / 64 : httpConcurrency
    alwaysReadyInstances: alwaysReadyInstances
    alwaysReadyPostInstances: alwaysReadyPostInstances
    postFunctions: resources.postFunctions
    zoneRedundant: zoneRedundant
    logLevel: logLevel
    tracesPerSecond: tracesPerSecond
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    prefix: 'alert-${token}'
    location: location
    tags: tags
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    componentId: monitoring.outputs.componentId
    cosmosId: cosmos.outputs.id
    serverless: cosmosMaxThroughput == 0
    serviceBusId: serviceBus.outputs.id
    openAiId: openAi.outputs.id
    healthAddress: '${app.outputs.uri}/api/health'
    availabilityTestLocations: availabilityTestLocations
    queueAgeLimit: queueAgeLimit
    throughputLimit: throughputLimit
    dailyTokenLimit: dailyTokenLimit
    dailyLogLimitGb: dailyLogLimitGb
    monthlyModelBudget: monthlyModelBudget
    budgetStart: budgetStart
  }
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_COSMOS_ENDPOINT string = cosmos.outputs.endpoint
output AZURE_COSMOS_DATABASE string = resources.database
output AZURE_SERVICE_BUS_HOST string = serviceBus.outputs.host
output AZURE_MEDIA_ENDPOINT string = mediaStorage.outputs.blobEndpoint
output AZURE_OPENAI_ENDPOINT string = openAi.outputs.endpoint
output SERVICE_API_NAME string = app.outputs.name
output SERVICE_API_URI string = app.outputs.uri
