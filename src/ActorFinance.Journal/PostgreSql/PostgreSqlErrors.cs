using Npgsql;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>Says in a journal's words what PostgreSQL says in codes (appendix A of its manual). A message never holds a password.</summary>
internal static class PostgreSqlErrors
{
    public static JournalOpenError From(string name, Exception failure) => failure switch
    {
        PostgresException answered => From(name, answered),
        // Npgsql says so before it asks.
        NpgsqlException { InnerException: null } missing when missing.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => Unreachable(
            name, "it asks for a password, and none was given", "Set PGPASSWORD, or write a line into ~/.pgpass"),
        NpgsqlException lost => Unreachable(name, (lost.InnerException?.Message ?? lost.Message).TrimEnd('.'), "Check that the server runs, its address, and the network"),
        TimeoutException late => Unreachable(name, late.Message.TrimEnd('.'), "Check that the server runs, its address, and the network"),
        _ => new(JournalOpenErrorKind.InputOutput, name, $"The journal '{name}' cannot be read or written: {failure.Message}"),
    };

    public static JournalOpenError BadAddress(string name, string problem) => new(
        JournalOpenErrorKind.NotAJournal, name, $"The journal's address must be postgres://USER@HOST:PORT/DATABASE?schema=NAME: {problem}.");

    public static JournalOpenError NotFound(string name, string schema) => new(
        JournalOpenErrorKind.NotFound, name, $"There is no journal '{name}': the database has no tables of one in schema '{schema}'. Check the name; importing or serving creates one.");

    public static JournalOpenError NotAJournal(string name, string because) => new(
        JournalOpenErrorKind.NotAJournal, name, $"'{name}' is not a journal: {because}. Nothing was changed; name another schema, such as ?schema=finance.");

    public static JournalOpenError NewerSchema(string name, int version) => new(
        JournalOpenErrorKind.NewerSchema, name,
        $"The journal '{name}' has schema {version}, this program knows schemas up to {PostgreSqlSchema.Version}. Open it with a newer version of this program.");

    public static JournalOpenError Corrupt(string name, string because) => new(
        JournalOpenErrorKind.Corrupt, name, $"The journal '{name}' is damaged: {because}. Restore it from a backup (pg_restore); keep what is there.");

    public static JournalOpenError NotWritable(string name, string because, string remedy) => new(
        JournalOpenErrorKind.NotWritable, name, $"The journal '{name}' cannot be opened for writing: {because}. {remedy}.");

    public static JournalOpenError Held(string name, string holder) => new(
        JournalOpenErrorKind.Locked, name, $"The journal '{name}' is already open for writing by {holder}. A journal has one writer: stop that one first. Reading is possible meanwhile.");

    public static JournalOpenError Standby(string name) => new(
        JournalOpenErrorKind.NotWritable, name,
        $"The journal '{name}' is on a standby server, which cannot say which transactions of its primary are still under way: neither reading nor writing is safe. Name the primary.");

    public static JournalOpenError NotAFile(PostgreSqlAddress address, string file) => new(
        JournalOpenErrorKind.NotAFile, address.Name,
        $"A server keeps the journal '{address.Name}': its own programs copy it, as it stands at one moment and beside whoever writes it.\n"
        + $"  copy:    pg_dump --format=custom --schema='{address.Schema}*' --file={file} '{address.Server}'\n"
        + $"  restore: pg_restore --dbname='{address.Server}' {file}\n"
        + "'actorfinance verify --seal' before and after prints the same seal.");

    public static JournalOpenError Waiting(string name, TimeSpan patience) => new(
        JournalOpenErrorKind.Locked, name, $"A write to the journal '{name}' has been under way for more than {patience.TotalSeconds:0} s. See pg_stat_activity for what it waits for.");

    public static JournalOpenError Lost(string name, string because) => new(
        JournalOpenErrorKind.Unreachable, name,
        $"The connection that holds the journal '{name}' is lost ({because}). Another writer may have it by now, so nothing more is written. Start this program again.");

    private static JournalOpenError From(string name, PostgresException answered) => answered.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => Unreachable(
            name, $"it does not let this user in ({answered.MessageText})", "Check user and password: in the address, in PGPASSWORD or in ~/.pgpass"),
        PostgresErrorCodes.InvalidCatalogName => Unreachable(name, answered.MessageText, "Create the database first: createdb NAME"),
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => Unreachable(
            name, answered.MessageText, "Try again when it takes connections"),
        PostgresErrorCodes.InsufficientPrivilege => NotWritable(
            name, answered.MessageText, "Let the database's owner grant it: CREATE on the database for a new journal, else all on the schema's tables"),
        PostgresErrorCodes.ReadOnlySqlTransaction => NotWritable(name, answered.MessageText, "Name the server that takes writes"),
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory => new(
            JournalOpenErrorKind.DiskFull, name,
            $"The server of '{name}' is full: {answered.MessageText}. Nothing that was confirmed is lost. Free some space and try again."),
        PostgresErrorCodes.UniqueViolation => new(
            JournalOpenErrorKind.Locked, name, $"Another program writes to the journal '{name}' beside this one ({answered.MessageText}). Stop it; nothing was overwritten."),
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.QueryCanceled => new(
            JournalOpenErrorKind.Locked, name, $"The journal '{name}' is locked by another session ({answered.MessageText}). End that session and try again."),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => Corrupt(name, answered.MessageText),
        _ => new(JournalOpenErrorKind.InputOutput, name, $"The journal '{name}' cannot be read or written: {answered.MessageText} (PostgreSQL code {answered.SqlState})."),
    };

    private static JournalOpenError Unreachable(string name, string because, string remedy) =>
        new(JournalOpenErrorKind.Unreachable, name, $"The server of '{name}' does not open it: {because}. {remedy}.");
}
