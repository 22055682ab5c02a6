// Cosmos DB for NoSQL: account, database, containers. Control-plane objects are made here because the service's data-plane role cannot.
import { documentContainer, resourceRole } from 'types.bicep'

param name string
param location string
param tags object
param databaseName string
param containers documentContainer[]

@description('0 is serverless.')
param maxThroughput int
param containerThroughput object
param backupTier string
param zoneRedundant bool
param privateAccess bool
param principalId string
param roles resourceRole[]

var serverless = maxThroughput == 0

resource account 'Microsoft.DocumentDB/databaseAccounts@2026-03-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: concat(serverless ? [{ name: 'EnableServerless' }] : [], [{ name: 'EnableNoSQLFullTextSearch' }])
    consistencyPolicy: { defaultConsistencyLevel: 'Session' }
    locations: [
      {
        locationName: location
        failoverPriority: 0
        isZoneRedundant: zoneRedundant
      }
    ]
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: backupTier }
    }
    disableLocalAuth: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: privateAccess ? 'Disabled' : 'Enabled'
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2026-03-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: { id: databaseName }
  }
}

// The service asks for documents by id and by range of ids in one partition, and in few containers by range of one other property. id and _ts are
// always indexed, and everything else is left out, so that a write pays for no index it has no use for. The partition key is indexed by its own path.
@batchSize(5)
resource documentContainers 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2026-03-15' = [for container in containers: {
  parent: database
  name: container.name
  properties: {
    resource: {
      id: container.name
      partitionKey: { paths: [container.partitionKeyPath], kind: 'Hash', version: 2 }
      defaultTtl: container.defaultTimeToLive
      indexingPolicy: {
        indexingMode: 'consistent'
        automatic: true
        includedPaths: map(
          concat(container.partitionKeyPath == '/id' ? [] : [container.partitionKeyPath], container.indexed, container.searchable ? ['/marks/[]'] : []),
          path => { path: '${path}/?' }
        )
        excludedPaths: [{ path: '/*' }]
        fullTextIndexes: container.searchable ? [{ path: '/text' }] : []
      }
      // Words come cut and stemmed; what the service's analyser still does to them, it does to both sides.
      fullTextPolicy: container.searchable
        ? { defaultLanguage: 'en-US', fullTextPaths: [{ path: '/text', language: 'en-US' }] }
        : null
    }
    options: serverless
      ? {}
      : { autoscaleSettings: { maxThroughput: containerThroughput[?container.name] ?? maxThroughput } }
  }
}]

resource assignments 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2026-03-15' = [for role in roles: {
  parent: account
  name: guid(account.id, databaseName, principalId, role.id)
  properties: {
    principalId: principalId
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${role.id}'
    // Of the account, the client reads endpoint and regions alone, which a role on any part of it allows.
    scope: '${account.id}/dbs/${databaseName}'
  }
}]

output id string = account.id
output endpoint string = account.properties.documentEndpoint
