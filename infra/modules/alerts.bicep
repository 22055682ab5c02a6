// What someone should be told: dead letters, failing functions, throttling, model spend.
param prefix string
param location string
param tags object
param email string
param componentId string
param cosmosId string
param serviceBusId string
param openAiId string
param dailyTokenLimit int
param monthlyModelBudget int
param budgetStart string

@description('Failed invocations in a quarter of an hour above which an alert is raised.')
param failureLimit int = 20

@description('Throttled Cosmos DB requests in a quarter of an hour above which an alert is raised; the client repeats them, so a few are normal.')
param throttleLimit int = 100

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

var queries = [
  {
    name: 'dead-letters'
    description: 'A message exhausted its deliveries: its dead-letter function ran. The document says what happened.'
    query: 'requests | where name endswith "DeadLetter"'
    threshold: 0
    severity: 2
  }
  {
    name: 'failures'
    description: 'Functions fail, HTTP requests and background work alike; requests a caller got wrong (4xx) are not counted.'
    query: 'requests | where success == false and not(resultCode startswith "4")'
    threshold: failureLimit
    severity: 1
  }
]

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for item in queries: {
  name: '${prefix}-${item.name}'
  location: location
  tags: tags
  properties: {
    displayName: item.name
    description: item.description
    severity: item.severity
    enabled: true
    scopes: [componentId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    autoMitigate: true
    // Nothing has been logged when this is first deployed.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: item.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: item.threshold
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}]

var metrics = [
  {
    name: 'dead-letters-left'
    description: 'Dead letters stay in a queue: their function does not get through.'
    resourceId: serviceBusId
    namespace: 'Microsoft.ServiceBus/namespaces'
    metric: 'DeadletteredMessages'
    aggregation: 'Minimum'
    dimensions: []
    threshold: 0
    window: 'PT30M'
    frequency: 'PT15M'
    severity: 1
  }
  {
    name: 'throttling'
    description: 'Cosmos DB turns requests away (429).'
    resourceId: cosmosId
    namespace: 'Microsoft.DocumentDB/databaseAccounts'
    metric: 'TotalRequests'
    aggregation: 'Count'
    dimensions: [{ name: 'StatusCode', operator: 'Include', values: ['429'] }]
    threshold: throttleLimit
    window: 'PT15M'
    frequency: 'PT5M'
    severity: 2
  }
  {
    name: 'model-tokens'
    description: 'Models processed more tokens within a day than expected.'
    resourceId: openAiId
    namespace: 'Microsoft.CognitiveServices/accounts'
    metric: 'TokenTransaction'
    aggregation: 'Total'
    dimensions: []
    threshold: dailyTokenLimit
    window: 'P1D'
    frequency: 'PT1H'
    severity: 2
  }
]

resource metricAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [for item in metrics: {
  name: '${prefix}-${item.name}'
  location: 'global'
  tags: tags
  properties: {
    description: item.description
    severity: item.severity
    enabled: true
    scopes: [item.resourceId]
    evaluationFrequency: item.frequency
    windowSize: item.window
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: item.name
          metricNamespace: item.namespace
          metricName: item.metric
          dimensions: item.dimensions
          operator: 'GreaterThan'
          threshold: item.threshold
          timeAggregation: item.aggregation
          // Some metrics exist only once there has been traffic.
          skipMetricValidation: true
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}]

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = if (monthlyModelBudget > 0 && !empty(budgetStart)) {
  name: '${prefix}-models'
  properties: {
    category: 'Cost'
    amount: monthlyModelBudget
    timeGrain: 'Monthly'
    timePeriod: { startDate: budgetStart }
    filter: {
      dimensions: { name: 'ResourceId', operator: 'In', values: [openAiId] }
    }
    notifications: {
      nearly: { enabled: true, operator: 'GreaterThan', threshold: 80, thresholdType: 'Actual', contactEmails: [], contactGroups: [people.id] }
      spent: { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Actual', contactEmails: [], contactGroups: [people.id] }
    }
  }
}
