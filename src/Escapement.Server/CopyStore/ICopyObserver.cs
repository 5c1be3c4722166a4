namespace Escapement.Server.CopyStore;

/// <summary>Is told how far a copy is.</summary>
internal interface ICopyObserver
{
    /// <summary>The installation was copied before; whether it is still the same is being looked at.</summary>
    void Checking();

    /// <summary>A table's turn has come.</summary>
    void Begun(string table);

    /// <summary>So many rows of a table were read from the source; they are not stored yet.</summary>
    void Copied(string table, long rows);

    /// <summary>A table is stored, or was found to be.</summary>
    void Done(string table, long rows, bool wasThere);

    /// <summary>All tables are stored and are about to be compared.</summary>
    void Comparing();
}
