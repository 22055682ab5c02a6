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

@description('Model that moderates, drafts and summarises; the deployment has the same name.')
param chatModel string = 'gpt-5.4-mini'

@description('Version of the chat model.')
param chatModelVersion string = '2026-03-17'

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

@description('OpenID Connect authority whose tokens are accepted; empty takes the tenant of the subscription.')
param identityAuthority string = ''

@description('Audience tokens must name. With the default nobody can sign in until an application of that id exists.')
param identityAudience string = 'serverless-social'

@description('Claim that holds the roles of a caller.')
param identityRoleClaim string = 'roles'

@description('Origins from which browsers may call the API, separated by commas.')
param allowedOrigins string = ''

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

@description('Instances for HTTP that are kept warm and paid for all the time.')
@minValue(0)
param alwaysReadyInstances int = 0

@description('Spreads data and instances over availability zones.')
param zoneRedundant bool = false

@description('Closes the data services to the internet and reaches them through private endpoints. The API itself stays public, as does Service Bus unless it is Premium.')
param privateNetworking bool = false

@description('Address alerts are sent to; empty shows them in the portal alone.')
param alertEmail string = ''

@description('Model tokens in a day above which an alert is raised.')
@minValue(1)
param dailyTokenLimit int = 5000000

@description('Model spend in a month, in the currency of the subscription, at 80 and 100 percent of which an alert is raised; 0 sets no budget.')
@minValue(0)
param monthlyModelBudget int = 0

@description('First day of the month the budget starts in, as in 2026-12-01. It is given explicitly because Azure does not let it change later.')
param budgetStart string = ''

var resources = loadJsonContent('resources.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
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

var blobZone = 'privatelink.blob.${environment().suffixes.storage}'
var cosmosZone = 'privatelink.documents.azure.com'
var openAiZone = 'privatelink.openai.azure.com'
var serviceBusZone = 'privatelink.servicebus.windows.net'

module network 'modules/network.bicep' = if (privateNetworking) {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
    zones: concat([blobZone, cosmosZone, openAiZone], serviceBusSku == 'Premium' ? [serviceBusZone] : [])
    endpoints: concat(
      [
        { name: 'host-storage', resourceId: hostStorage.outputs.id, group: 'blob', zone: blobZone }
        { name: 'media-storage', resourceId: mediaStorage.outputs.id, group: 'blob', zone: blobZone }
        { name: 'cosmos', resourceId: cosmos.outputs.id, group: 'Sql', zone: cosmosZone }
        { name: 'openai', resourceId: openAi.outputs.id, group: 'account', zone: openAiZone }
      ],
      serviceBusSku == 'Premium'
        ? [{ name: 'servicebus', resourceId: serviceBus.outputs.id, group: 'namespace', zone: serviceBusZone }]
        : []
    )
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
    allowedOrigins: empty(allowedOrigins) ? [] : split(allowedOrigins, ',')
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyInstances: alwaysReadyInstances
    zoneRedundant: zoneRedundant
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
    componentId: monitoring.outputs.componentId
    cosmosId: cosmos.outputs.id
    serviceBusId: serviceBus.outputs.id
    openAiId: openAi.outputs.id
    dailyTokenLimit: dailyTokenLimit
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
