// Private endpoints of the services, and the private DNS zones that lead the services' public names to them.
import { privateEndpoint } from 'types.bicep'

param networkName string
param subnetId string
param location string
param tags object
param endpoints privateEndpoint[]

var blobZone = 'privatelink.blob.{storage}'

// Azure Monitor takes logs in under several names, and keeps what its agents fetch in blobs. The cloud's storage suffix is filled in
// later: how many zones there are must be known before the deployment starts.
var zonesOf = {
  blob: [blobZone]
  Sql: ['privatelink.documents.azure.com']
  account: ['privatelink.openai.azure.com']
  namespace: ['privatelink.servicebus.windows.net']
  azuremonitor: [
    'privatelink.monitor.azure.com'
    'privatelink.oms.opinsights.azure.com'
    'privatelink.ods.opinsights.azure.com'
    'privatelink.agentsvc.azure-automation.net'
    blobZone
  ]
}
var zones = union(flatten(map(endpoints, endpoint => zonesOf[endpoint.service])), [])
var storage = environment().suffixes.storage

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  name: networkName
}

resource dnsZones 'Microsoft.Network/privateDnsZones@2024-06-01' = [for zone in zones: {
  name: replace(zone, '{storage}', storage)
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (zone, i) in zones: {
  parent: dnsZones[i]
  name: networkName
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: network.id }
  }
}]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2026-03-01' = [for endpoint in endpoints: {
  name: 'pe-${endpoint.name}-${networkName}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: endpoint.name
        properties: {
          privateLinkServiceId: endpoint.resourceId
          groupIds: [endpoint.service]
        }
      }
    ]
  }
}]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = [for (endpoint, i) in endpoints: {
  parent: privateEndpoints[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: map(zonesOf[endpoint.service], zone => {
      name: replace(replace(zone, '{storage}', 'storage'), '.', '-')
      properties: { privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', replace(zone, '{storage}', storage)) }
    })
  }
  dependsOn: [dnsZones]
}]
