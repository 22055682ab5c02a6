// Alerts on what the platform measures of the services underneath.
param prefix string
param tags object
param actionGroupId string
param cosmosId string
param serverless bool
param serviceBusId string
param openAiId string
param throughputLimit int
param dailyTokenLimit int

@description('Throttled Cosmos DB requests in a quarter of an hour above which an alert is raised; the client repeats them, so a few are normal.')
param throttleLimit int = 100

@description('Messages in one queue above which an alert is raised: a worker that stands still measures no age.')
param queueLengthLimit int = 10000

var cosmos = { resourceId: cosmosId, namespace: 'Microsoft.DocumentDB/databaseAccounts' }
var serviceBus = { resourceId: serviceBusId, namespace: 'Microsoft.ServiceBus/namespaces' }
var openAi = { resourceId: openAiId, namespace: 'Microsoft.CognitiveServices/accounts' }

// A serverless container serves 5,000 request units a second of each physical partition, and publishes no share of it.
var serverlessUnits = 5000 * 300 * throughputLimit / 100
var throughput = serverless
  ? { metric: 'TotalRequestUnits', aggregation: 'Total', threshold: serverlessUnits, window: 'PT5M' }
  : { metric: 'NormalizedRUConsumption', aggregation: 'Average', threshold: throughputLimit, window: 'PT15M' }

var alerts = [
  {
    name: 'dead-letters-left'
    description: 'Dead letters stay in a queue: their function does not get through.'
    source: serviceBus
    metric: 'DeadletteredMessages'
    aggregation: 'Minimum'
    dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT30M'
    frequency: 'PT15M'
    severity: 1
  }
  {
    name: 'queue-length'
    description: 'Messages pile up in a queue: its worker stands still, or is too slow.'
    source: serviceBus
    metric: 'ActiveMessages'
    aggregation: 'Minimum'
    dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
    operator: 'GreaterThan'
    threshold: queueLengthLimit
    window: 'PT15M'
    frequency: 'PT5M'
    severity: 2
  }
  {
    name: 'throttling'
    description: 'Cosmos DB turns requests away (429).'
    source: cosmos
    metric: 'TotalRequests'
    aggregation: 'Count'
    dimensions: [{ name: 'StatusCode', operator: 'Include', values: ['429'] }]
    operator: 'GreaterThan'
    threshold: throttleLimit
    window: 'PT15M'
    frequency: 'PT5M'
    severity: 2
  }
  {
    name: 'throughput'
    description: 'A container uses most of its throughput: raise AZURE_COSMOS_MAX_THROUGHPUT before requests are turned away.'
    source: cosmos
    metric: throughput.metric
    aggregation: throughput.aggregation
    dimensions: [{ name: 'CollectionName', operator: 'Include', values: ['*'] }]
    operator: 'GreaterThan'
    threshold: throughput.threshold
    window: throughput.window
    frequency: 'PT5M'
    severity: 3
  }
  {
    name: 'documents-unavailable'
    description: 'Cosmos DB does not answer as it should.'
    source: cosmos
    metric: 'ServiceAvailability'
    aggregation: 'Average'
    dimensions: []
    operator: 'LessThan'
    threshold: 99
    window: 'PT1H'
    frequency: 'PT15M'
    severity: 1
  }
  {
    name: 'model-tokens'
    description: 'Models processed more tokens within a day than expected.'
    source: openAi
    metric: 'TokenTransaction'
    aggregation: 'Total'
    dimensions: []
    operator: 'GreaterThan'
    threshold: dailyTokenLimit
    window: 'P1D'
    frequency: 'PT1H'
    severity: 2
  }
]

resource metricAlerts 'Microsoft.Insights/metricAlerts@2026-01-01' = [for alert in alerts: {
  name: '${prefix}-${alert.name}'
  location: 'global'
  tags: tags
  properties: {
    description: alert.description
    severity: alert.severity
    enabled: true
    scopes: [alert.source.resourceId]
    evaluationFrequency: alert.frequency
    windowSize: alert.window
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: alert.name
          metricNamespace: alert.source.namespace
          metricName: alert.metric
          dimensions: alert.dimensions
          operator: alert.operator
          threshold: alert.threshold
          timeAggregation: alert.aggregation
          // Some metrics exist only once there has been traffic.
          skipMetricValidation: true
        }
      ]
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}]
