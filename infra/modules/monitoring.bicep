// Log Analytics and Application Insights, written with the service's identity alone.
import { resourceRole } from 'types.bicep'

param workspaceName string
param componentName string
param location string
param tags object
param principalId string
param roles resourceRole[]
param retentionDays int

@description('Takes logs in through the private link alone.')
param privateAccess bool

@description('With private access, lets logs be read through the private link alone.')
param privateQueries bool

var ingestion = privateAccess ? 'Disabled' : 'Enabled'
var queries = privateAccess && privateQueries ? 'Disabled' : 'Enabled'

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true }
    publicNetworkAccessForIngestion: ingestion
    publicNetworkAccessForQuery: queries
    // No daily cap: what it cuts off first is the day something goes wrong. Volume is bounded where logs are made (see app.bicep), and
    // an alert tells when a day has more than expected.
    workspaceCapping: { dailyQuotaGb: -1 }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: componentName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
    publicNetworkAccessForIngestion: ingestion
    publicNetworkAccessForQuery: queries
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in roles: {
  name: guid(component.id, principalId, role.id)
  scope: component
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.id)
    description: role.adapter
  }
}]

output workspaceId string = workspace.id
output workspaceName string = workspace.name
output componentId string = component.id
output componentName string = component.name
