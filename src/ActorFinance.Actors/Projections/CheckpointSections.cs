using ActorFinance.Analysis.Checkpoints;
using ActorFinance.Analysis.Projections;

namespace ActorFinance.Actors.Projections;

/// <summary>The sections of a checkpoint one after the other: each with its length before it, so that it can be passed over, and its checksum behind it.</summary>
/// <param name="file">At the first section.</param>
internal sealed class CheckpointSections(FileStream file)
{
    /// <summary>What all parts share stands first, then the parts.</summary>
    private static readonly BookParts[] s_order = [BookParts.None, BookParts.Cash, BookParts.Ownership, BookParts.CircularFlow];

    private StateReader? _open;
    private long _end;
    private int _next;

    public static IEnumerable<BookParts> Of(BookParts parts) => s_order.Where(part => parts.HasFlag(part));

    public static void Write(FileStream file, Action<StateWriter> save)
    {
        var start = file.Position;
        new StateWriter(file).Write(0L);
        var section = new StateWriter(file);
        save(section);
        var length = file.Position - start - sizeof(long);
        new StateWriter(file).Write(unchecked((long)section.Checksum));
        var end = file.Position;
        file.Position = start;
        new StateWriter(file).Write(length);
        file.Position = end;
    }

    /// <summary>A section to be read to its end; those before it are passed over.</summary>
    /// <param name="part">Behind the one that was opened before.</param>
    /// <param name="parts">All that the file has.</param>
    /// <exception cref="InvalidDataException">The file is not as it was written.</exception>
    public StateReader Open(BookParts part, BookParts parts)
    {
        Close();
        for (; ; _next++)
        {
            if (_next == s_order.Length)
            {
                throw new InvalidDataException($"no section {part}");
            }

            if (!parts.HasFlag(s_order[_next]))
            {
                continue;
            }

            var length = new StateReader(file, file.Length - file.Position).Long();
            if (length < 0 || length > file.Length - file.Position - sizeof(long))
            {
                throw new InvalidDataException($"a section of {length} bytes");
            }

            _end = file.Position + length;
            if (s_order[_next] == part)
            {
                _next++;
                return _open = new(file, length);
            }

            file.Position = _end + sizeof(long);
        }
    }

    /// <summary>Nothing more is read: true if the file ends where its last section does.</summary>
    /// <exception cref="InvalidDataException">The file is not as it was written.</exception>
    public bool End(BookParts parts)
    {
        if (Of(parts).LastOrDefault(part => Array.IndexOf(s_order, part) >= _next) is var last && last != BookParts.None)
        {
            Open(last, parts);
            (_open, file.Position) = (null, _end + sizeof(long));
        }

        Close();
        return file.Position == file.Length;
    }

    private void Close()
    {
        if (_open is not { } section)
        {
            return;
        }

        var checksum = unchecked((long)section.Checksum);
        _open = null;
        if (file.Position != _end || new StateReader(file, sizeof(long)).Long() != checksum)
        {
            throw new InvalidDataException("a section is not as it was written");
        }
    }
}
