// A budget of one resource: it tells, and stops nothing.
param name string
param amount int
param start string
param actionGroupId string
param resourceId string

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: start }
    filter: {
      dimensions: { name: 'ResourceId', operator: 'In', values: [resourceId] }
    }
    notifications: {
      nearly: { enabled: true, operator: 'GreaterThan', threshold: 80, thresholdType: 'Actual', contactEmails: [], contactGroups: [actionGroupId] }
      spent: { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Actual', contactEmails: [], contactGroups: [actionGroupId] }
    }
  }
}
