using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Exports;

/// <summary>A run was silent for so long that another one has taken over.</summary>
public sealed class RunLostException() : PrematureException("Another run has taken the export over.");
