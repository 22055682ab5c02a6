// The private link of Azure Monitor: from inside the network, logs go to this workspace and component alone.
param name string
param tags object
param workspaceName string
param componentName string

@description('Whether logs are read from inside the network alone.')
param privateQueries bool

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: workspaceName
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource scope 'Microsoft.Insights/privateLinkScopes@2021-09-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    accessModeSettings: {
      ingestionAccessMode: 'PrivateOnly'
      queryAccessMode: privateQueries ? 'PrivateOnly' : 'Open'
    }
  }
}

resource scopedWorkspace 'Microsoft.Insights/privateLinkScopes/scopedResources@2021-09-01' = {
  parent: scope
  name: workspaceName
  properties: { linkedResourceId: workspace.id }
}

resource scopedComponent 'Microsoft.Insights/privateLinkScopes/scopedResources@2021-09-01' = {
  parent: scope
  name: componentName
  properties: { linkedResourceId: component.id }
}

output id string = scope.id
