// Service Bus: the queues of the code. Duplicate detection can only be set when a queue is created.
import { resourceRole, workQueue } from 'types.bicep'

param name string
param location string
param tags object

@allowed(['Standard', 'Premium'])
param sku string
param queues workQueue[]
param scaleByQueueLength bool
param privateAccess bool
param principalId string
param roles resourceRole[]

// Reading the length of a queue takes the right to manage it; no smaller role has it. Without, the platform scales step by step.
var scalingRole = {
  adapter: 'scaling by queue length'
  name: 'Azure Service Bus Data Owner'
  id: '090c5cfd-751d-490a-894a-3ce6f1109419'
}
var assigned = scaleByQueueLength ? concat(roles, [scalingRole]) : roles

resource namespace 'Microsoft.ServiceBus/namespaces@2026-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: sku, tier: sku, capacity: sku == 'Premium' ? 1 : null }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: privateAccess && sku == 'Premium' ? 'Disabled' : 'Enabled'
  }
}

resource workQueues 'Microsoft.ServiceBus/namespaces/queues@2026-01-01' = [for item in queues: {
  parent: namespace
  name: item.name
  properties: {
    lockDuration: item.lockDuration
    maxDeliveryCount: item.maxDeliveryCount
    requiresDuplicateDetection: true
    duplicateDetectionHistoryTimeWindow: item.duplicateDetectionWindow
    deadLetteringOnMessageExpiration: true
    defaultMessageTimeToLive: 'P14D'
    maxSizeInMegabytes: 5120
  }
}]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in assigned: {
  name: guid(namespace.id, principalId, role.id)
  scope: namespace
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.id)
    description: role.adapter
  }
}]

output id string = namespace.id
output host string = split(replace(namespace.properties.serviceBusEndpoint, 'https://', ''), ':')[0]
