namespace Escapement.Server.Upkeep;

/// <summary>A database file is damaged; the message says where and what to do.</summary>
internal sealed class DamageFoundException(string message) : Exception(message);
