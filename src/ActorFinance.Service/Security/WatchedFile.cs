using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ActorFinance.Service.Security;

/// <summary>
/// What a file says, which is looked at again at most once a second, so that it takes effect without a restart. One that has become unreadable leaves the last that could be
/// read in force: it may be half written.
/// </summary>
internal sealed class WatchedFile<T>
    where T : class
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly Func<byte[], T> _parse;
    private readonly Lock _lock = new();
    private volatile T _current;
    private DateTime _written;
    private long _looked;

    /// <exception cref="Exception">It cannot be read: <see cref="IsUnreadable"/>.</exception>
    public WatchedFile(string path, TimeProvider clock, Func<byte[], T> parse)
    {
        (_path, _clock, _parse) = (path, clock, parse);
        (_written, _looked) = (File.GetLastWriteTimeUtc(path), clock.GetTimestamp());
        _current = parse(File.ReadAllBytes(path));
    }

    public T Current
    {
        get
        {
            Refresh();
            return _current;
        }
    }

    public static bool IsUnreadable(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or ArgumentException or JsonException or SecurityTokenException;

    private void Refresh()
    {
        if (_clock.GetElapsedTime(_looked) < LookAgain || !_lock.TryEnter())
        {
            return;
        }

        try
        {
            _looked = _clock.GetTimestamp();
            var written = File.GetLastWriteTimeUtc(_path);
            if (written != _written)
            {
                _current = _parse(File.ReadAllBytes(_path));
                _written = written;
            }
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            // It is looked at again.
        }
        finally
        {
            _lock.Exit();
        }
    }
}
