// The virtual network of private networking: one subnet for the instances' outgoing traffic, one for private endpoints.
param name string
param location string
param tags object

@description('Address block of at least 512 addresses.')
param addresses string

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addresses] }
    subnets: [
      {
        // Flex Consumption shares this delegation with Container Apps; the subscription needs the Microsoft.App provider.
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addresses, 24, 0)
          delegations: [{ name: 'flex-consumption', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addresses, 24, 1)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

output name string = network.name
output appSubnetId string = '${network.id}/subnets/app'
output endpointSubnetId string = '${network.id}/subnets/endpoints'
