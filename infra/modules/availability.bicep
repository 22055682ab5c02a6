// Asks the service how it is, from outside and from several places, and tells when more than one gets no answer.
param prefix string
param location string
param tags object
param actionGroupId string
param componentId string
param address string
param locations string[]

resource test 'Microsoft.Insights/webtests@2022-06-15' = {
  name: '${prefix}-health'
  location: location
  // The portal finds the test of a component by this tag.
  tags: union(tags, { 'hidden-link:${componentId}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: '${prefix}-health'
    Name: 'health'
    Enabled: true
    Frequency: 900
    Timeout: 60
    Kind: 'standard'
    // The first answer after a pause comes from an instance that is still starting.
    RetryEnabled: true
    Locations: [for place in locations: { Id: place }]
    Request: { RequestUrl: address, HttpVerb: 'GET', FollowRedirects: false, ParseDependentRequests: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 7 }
  }
}

resource unavailable 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: '${prefix}-health'
  location: 'global'
  tags: tags
  properties: {
    description: 'The service does not answer GET /api/health.'
    severity: 0
    enabled: true
    scopes: [test.id, componentId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: test.id
      componentId: componentId
      failedLocationCount: min(2, length(locations))
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}
