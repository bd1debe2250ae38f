using System.Runtime.InteropServices;

namespace ActorFinance.Actors.Tests.Importing;

/// <summary>What a process can write before its reader must have read.</summary>
internal static class PipeCapacity
{
    private const int SetPipeSize = 1031;
    private const int Page = 4_096;

    /// <summary>
    /// To one page, the least that Linux gives. A pipe of the usual 64 KB lets a fast import acknowledge thousands of commands before a busy test reads the first.
    /// Elsewhere the pipe stays as it is.
    /// </summary>
    public static void Shrink(StreamReader reader)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var handle = reader.BaseStream switch
        {
            FileStream file => (SafeHandle)file.SafeFileHandle,
            System.IO.Pipes.PipeStream pipe => pipe.SafePipeHandle,
            var other => throw new NotSupportedException($"a process is read through {other.GetType()}"),
        };
        if (Control((int)handle.DangerousGetHandle(), SetPipeSize, Page) < 0)
        {
            throw new IOException($"the pipe keeps its size: error {Marshal.GetLastPInvokeError()}");
        }
    }

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static extern int Control(int descriptor, int command, int argument);
}
