using System.Text;

namespace ActorFinance.Journal.Contracts;

internal static class StrictText
{
    /// <summary>Refuses what is not text, where the default would write or read a replacement character.</summary>
    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
