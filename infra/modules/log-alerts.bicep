// Alerts on what the service itself logs and measures.
param prefix string
param location string
param tags object
param actionGroupId string
param workspaceId string
param componentId string
param queueAgeLimit int
param dailyLogLimitGb int

@description('Failed invocations in a quarter of an hour above which an alert is raised.')
param failureLimit int = 20

// Metrics are never sampled, so what counts single messages asks them. Requests are: itemCount says for how many one stands.
var alerts = [
  {
    name: 'dead-letters'
    description: 'Messages exhausted their deliveries, and their dead-letter function ran. The document says what happened.'
    query: 'customMetrics | where name == "serverless_social.queue.dead_letters" | extend queue = tostring(customDimensions.queue)'
    measure: 'valueSum'
    aggregation: 'Total'
    dimensions: ['queue']
    threshold: 0
    severity: 2
    scope: componentId
    window: 'PT15M'
  }
  {
    name: 'queue-age'
    description: 'Messages wait too long for their worker: it is too slow, or does not start.'
    query: 'customMetrics | where name == "serverless_social.queue.age" | extend queue = tostring(customDimensions.queue)'
    measure: 'valueMax'
    aggregation: 'Maximum'
    dimensions: ['queue']
    threshold: queueAgeLimit
    severity: 2
    scope: componentId
    window: 'PT15M'
  }
  {
    name: 'failures'
    description: 'Functions fail, HTTP requests and background work alike; requests a caller got wrong (4xx) are not counted.'
    query: 'requests | where success == false and not(resultCode startswith "4") | project timestamp, itemCount'
    measure: 'itemCount'
    aggregation: 'Total'
    dimensions: []
    threshold: failureLimit
    severity: 1
    scope: componentId
    window: 'PT15M'
  }
  {
    name: 'log-volume'
    description: 'A day has more logs than expected. Nothing is cut off; AZURE_TRACES_PER_SECOND and AZURE_LOG_LEVEL lower it.'
    query: 'Usage | where IsBillable | project TimeGenerated, Gigabytes = Quantity / 1000.0'
    measure: 'Gigabytes'
    aggregation: 'Total'
    dimensions: []
    threshold: dailyLogLimitGb
    severity: 3
    scope: workspaceId
    window: 'P1D'
  }
]

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [for alert in alerts: {
  name: '${prefix}-${alert.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: alert.name
    description: alert.description
    severity: alert.severity
    enabled: true
    scopes: [alert.scope]
    evaluationFrequency: alert.window == 'P1D' ? 'PT1H' : alert.window
    windowSize: alert.window
    autoMitigate: true
    // Nothing has been logged when this is first deployed.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: alert.query
          metricMeasureColumn: alert.measure
          timeAggregation: alert.aggregation
          dimensions: map(alert.dimensions, name => { name: name, operator: 'Include', values: ['*'] })
          operator: 'GreaterThan'
          threshold: alert.threshold
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}]
