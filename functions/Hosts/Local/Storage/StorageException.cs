namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>The embedded storage failed or cannot be opened: a full or broken disk, a damaged file, a directory in use.</summary>
public sealed class StorageException(string message, Exception inner) : Exception(message, inner);
