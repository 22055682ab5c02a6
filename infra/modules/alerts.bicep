// What someone should be told, and who: alerts on logs, on metrics, on availability, on spend.
param prefix string
param location string
param tags object
param email string
param workspaceId string
param componentId string
param cosmosId string

@description('Whether Cosmos DB is serverless: its throughput is then bounded per partition and not declared.')
param serverless bool
param serviceBusId string
param openAiId string
param healthAddress string
param availabilityTestLocations string[]
param queueAgeLimit int
param throughputLimit int
param dailyTokenLimit int
param dailyLogLimitGb int
param monthlyModelBudget int
param budgetStart string

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: prefix
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'social'
    emailReceivers: empty(email) ? [] : [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

module logs 'log-alerts.bicep' = {
  name: 'log-alerts'
  params: {
    prefix: prefix
    location: location
    tags: tags
    actionGroupId: people.id
    workspaceId: workspaceId
    componentId: componentId
    queueAgeLimit: queueAgeLimit
    dailyLogLimitGb: dailyLogLimitGb
  }
}

module metrics 'metric-alerts.bicep' = {
  name: 'metric-alerts'
  params: {
    prefix: prefix
    tags: tags
    actionGroupId: people.id
    cosmosId: cosmosId
    serverless: serverless
    serviceBusId: serviceBusId
    openAiId: openAiId
    throughputLimit: throughputLimit
    dailyTokenLimit: dailyTokenLimit
  }
}

module availability 'availability.bicep' = if (!empty(availabilityTestLocations)) {
  name: 'availability'
  params: {
    prefix: prefix
    location: location
    tags: tags
    actionGroupId: people.id
    componentId: componentId
    address: healthAddress
    locations: availabilityTestLocations
  }
}

module budget 'budget.bicep' = if (monthlyModelBudget > 0 && !empty(budgetStart)) {
  name: 'budget'
  params: {
    name: '${prefix}-models'
    amount: monthlyModelBudget
    start: budgetStart
    actionGroupId: people.id
    resourceId: openAiId
  }
}
