namespace Escapement.StoredForms;

/// <summary>A statement whose values are set by name, in whichever store.</summary>
internal interface IStoredValues<TSelf>
    where TSelf : IStoredValues<TSelf>
{
    TSelf Set(string name, bool value);

    TSelf Set(string name, long value);

    TSelf Set(string name, long? value);

    TSelf Set(string name, Guid value);

    TSelf Set(string name, Guid? value);

    TSelf Set(string name, DateTimeOffset value);

    TSelf Set(string name, DateTimeOffset? value);

    TSelf Set(string name, string? value);

    /// <summary>Sets a text that a store may keep as its bytes.</summary>
    TSelf SetUtf8(string name, string? value);

    TSelf Set(string name, ReadOnlyMemory<byte> value);
}
