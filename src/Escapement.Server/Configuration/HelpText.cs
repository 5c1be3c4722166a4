namespace Escapement.Server.Configuration;

internal static class HelpText
{
    public const string Text = """
        escapement-server: fires the schedules of extensions, and lets admins see and steer them.

          escapement-server [flags]
          escapement-server copy-store --data FOLDER --connection STRING [--schema NAME] [--config FILE]
                              copies a SQLite installation into PostgreSQL; can be repeated safely
          escapement-server backup FILE --data FOLDER [--config FILE]
                              writes the SQLite database into one file, also while a server runs on it
          escapement-server restore FILE --data FOLDER [--config FILE]
                              puts such a file into a data folder; what was there is kept beside it
          escapement-server check --data FOLDER [--config FILE]
                              looks at every page and index of the SQLite database for damage
          escapement-server migrate --connection STRING [--schema NAME] [--config FILE]
                              brings the schema in PostgreSQL to this version's form, and ends

        Flags:
          --data FOLDER       where compiled components and, with sqlite, the database are (default: escapement-data)
          --urls URLS         where to listen, separated by ; (default: http://127.0.0.1:7870)
          --store STORE       sqlite, for one node (the default), or postgres, for any number of nodes
          --connection STRING with --store postgres: Host=...;Username=...;Password=...;Database=...
                              others on this machine can see flags: better ESCAPEMENT__PostgreSql__ConnectionString
          --schema NAME       with --store postgres: the schema that holds the tables (default: escapement)
          --roles ROLES       what this node does: api, firing, or both (default: api,firing)
          --config FILE       a JSON file with settings, read after appsettings.json
          --token-file FILE   write the first API token to FILE, which only you can read, instead of printing it
          --time-lapse N      run the clock N times faster, 1 to 1000; for demonstrations only
          --start-at INSTANT  let that clock start at INSTANT, such as 2026-03-08T06:50:00Z
          --check             ask the server that runs with these settings whether it is ready
          --version           print the version
          --help              print this

        Settings come from appsettings.json and --config, then the environment, then flags; later ones win.
        In files they are in the section Escapement; in the environment levels are joined by two underscores:
          {"Escapement": {"Firing": {"Slots": 8}}}        ESCAPEMENT__Firing__Slots=8

        Exit codes: 0 stopped as asked; 2 wrong flags or settings; 3 the data folder, the database or an
        address cannot be used, a verb cannot do what it is for, or check found damage; 1 a bug, or with --check: not ready.
        """;
}
