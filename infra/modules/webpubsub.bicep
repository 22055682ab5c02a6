// Web PubSub: holds the connections of clients that want to be told of what is new. Only where it is asked for.
param name string
param location string
param tags object

@description('Free takes 20 connections at once; Standard a thousand for each unit.')
@allowed(['Free_F1', 'Standard_S1'])
param sku string

@description('Thousands of connections at once, of Standard.')
param units int
param principalId string

// Sending to users and making tokens for clients takes the owner of the data plane; there is no smaller role that may do both.
var role = {
  adapter: 'live channel'
  id: '12cf5a90-567b-43ae-8102-96cf46c7d9b4'
}

resource service 'Microsoft.SignalRService/webPubSub@2024-03-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: sku, capacity: sku == 'Free_F1' ? 1 : units }
  properties: {
    disableLocalAuth: true
    publicNetworkAccess: 'Enabled'
    tls: { clientCertEnabled: false }
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(service.id, principalId, role.id)
  scope: service
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.id)
    description: role.adapter
  }
}
