using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

[assembly: DisableRuntimeMarshalling]

namespace ActorFinance.Journal.Sqlite;

/// <summary>
/// The row that a statement stands on, asked of SQLite's C interface without a layer between: the library's wrapper counts the references to its
/// handle twice in every call, which took a third of the time of a scan, and its calls are only compiled at run time. Not for concurrent use.
/// </summary>
internal readonly unsafe partial struct SqliteRow
{
    private const string Library = "e_sqlite3";

    private readonly nint _statement;

    /// <param name="statement">To be kept alive by whoever steps.</param>
    public SqliteRow(sqlite3_stmt statement) => _statement = statement.DangerousGetHandle();

    /// <summary>On to the next row; the result code that SQLite gives.</summary>
    public int Step() => Step(_statement);

    public long Integer(int column) => Integer(_statement, column);

    /// <summary>A text column's blob is its UTF-8 bytes, without a string being made. Valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        // In this order: asking for the length first could convert the value and move it.
        var bytes = Bytes(_statement, column);
        return new(bytes, Length(_statement, column));
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    private static partial int Step(nint statement);

    // These only look at the row in memory: too short to tell the collector about.
    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    private static partial long Integer(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    [SuppressGCTransition]
    private static partial byte* Bytes(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    [SuppressGCTransition]
    private static partial int Length(nint statement, int column);
}
