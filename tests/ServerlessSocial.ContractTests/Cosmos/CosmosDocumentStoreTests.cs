using ServerlessSocial.ContractTests.Documents;

namespace ServerlessSocial.ContractTests.Cosmos;

[Collection(CosmosSuites.Name)]
[NeedsCosmos]
public sealed class CosmosDocumentStoreTests(CosmosFixture fixture) : DocumentStoreContract(fixture), IClassFixture<CosmosFixture>;

[Collection(CosmosSuites.Name)]
[NeedsCosmos]
[NeedsRealCosmos(nameof(A_document_disappears_when_its_time_to_live_is_over), "forgets nothing")]
[NeedsRealCosmos(nameof(A_write_gives_a_document_its_time_to_live_again), "forgets nothing")]
public sealed class CosmosDocumentBatchTests(CosmosFixture fixture) : DocumentBatchContract(fixture), IClassFixture<CosmosFixture>;

[Collection(CosmosSuites.Name)]
[NeedsCosmos]
public sealed class CosmosTallyTests(CosmosFixture fixture) : TallyContract(fixture), IClassFixture<CosmosFixture>;

[Collection(CosmosSuites.Name)]
[NeedsCosmos]
public sealed class CosmosChangeFeedTests(CosmosFixture fixture) : ChangeFeedContract(fixture), IClassFixture<CosmosFixture>;

[Collection(CosmosSuites.Name)]
[NeedsCosmos]
public sealed class CosmosSearchTests(CosmosFixture fixture) : SearchContract(fixture), IClassFixture<CosmosFixture>;
