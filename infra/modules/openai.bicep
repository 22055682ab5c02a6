// Azure OpenAI: one account, the models as deployments, made one after the other because the account takes one change at a time.
import { modelDeployment, resourceRole } from 'types.bicep'

param name string
param location string
param tags object
@allowed(['GlobalStandard', 'DataZoneStandard'])
param sku string
param deployments modelDeployment[]
param privateAccess bool
param principalId string
param roles resourceRole[]

resource account 'Microsoft.CognitiveServices/accounts@2026-07-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: privateAccess ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: privateAccess ? 'Deny' : 'Allow' }
  }
}

@batchSize(1)
resource models 'Microsoft.CognitiveServices/accounts/deployments@2026-07-01' = [for item in deployments: {
  parent: account
  name: item.model
  sku: { name: sku, capacity: item.capacity }
  properties: {
    model: { format: 'OpenAI', name: item.model, version: item.version }
    versionUpgradeOption: 'OnceCurrentVersionExpired'
  }
}]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in roles: {
  name: guid(account.id, principalId, role.id)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.id)
    description: role.adapter
  }
}]

output id string = account.id
output endpoint string = account.properties.endpoint
