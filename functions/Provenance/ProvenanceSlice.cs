namespace ServerlessSocial.Provenance;

/// <summary>What the slice is made of besides its functions.</summary>
public static class ProvenanceSlice
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddProvenance(this IServiceCollection services)
    {
        services.AddOptions<ProvenanceOptions>().BindConfiguration(ProvenanceOptions.Section)
            .Validate(options => options.IsValid, "Provenance:Credential must be a private key on P-256 and its certificates, the signer's first, as PEM.")
            .ValidateOnStart();
        return services.AddSingleton<SigningKeys>().AddSingleton<ContentCredentials>().AddSingleton<GeneratedPictures>();
    }
}
