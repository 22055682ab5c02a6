// Types of resources.json and of what modules hand to one another.

@export()
@description('A built-in role that an adapter needs on a resource.')
type resourceRole = {
  @description('Who needs it.')
  adapter: string
  @description('Name of the role.')
  name: string
  @description('GUID of the role definition.')
  id: string
}

@export()
@description('A container of the database.')
type documentContainer = {
  name: string
  partitionKeyPath: string
  @description('Seconds; -1 leaves expiry to the documents.')
  defaultTimeToLive: int
  @description('Whether a function follows its change feed.')
  changeFeed: bool
  @description('Paths of properties by which a partition is listed besides its ids.')
  indexed: string[]
  @description('Whether its documents are found by their words.')
  searchable: bool
}

@export()
@description('A queue; durations are ISO 8601.')
type workQueue = {
  name: string
  lockDuration: string
  maxDeliveryCount: int
  duplicateDetectionWindow: string
}

@export()
@description('A model to deploy; the deployment has the name of the model.')
type modelDeployment = {
  model: string
  version: string
  @description('In the units of the model\'s quota.')
  capacity: int
}

@export()
@description('A private endpoint to create.')
type privateEndpoint = {
  name: string
  resourceId: string
  @description('Sub-resource of the private link; the private DNS zones follow from it.')
  service: 'blob' | 'Sql' | 'account' | 'namespace' | 'azuremonitor'
}
