using System.Globalization;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>
/// Cuts an expression into its words. Names are ASCII, so that no two that look alike differ; a hyphen between letters belongs to the name, and a minus
/// has a space on both sides.
/// </summary>
internal static class Tokens
{
    public const int LengthLimit = 4_000;

    private const int DateLength = 10;
    private static readonly System.Buffers.SearchValues<char> s_dateCharacters = System.Buffers.SearchValues.Create("0123456789-");
    private static readonly string[] s_longSymbols = ["<=", ">=", "<>"];

    public static IReadOnlyList<Token> Of(string text)
    {
        if (text.Length > LengthLimit)
        {
            throw new ExpressionFaultException(LengthLimit, $"{text.Length} characters", $"an expression of at most {LengthLimit} characters");
        }

        var tokens = new List<Token>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var token = Next(text, at);
            tokens.Add(token);
            at += Math.Max(1, token.Kind == TokenKind.Text ? token.Text.Length + 2 : token.Text.Length);
        }

        tokens.Add(new(TokenKind.End, text.Length, ""));
        return tokens;
    }

    private static Token Next(string text, int at)
    {
        var c = text[at];
        if (char.IsAsciiDigit(c))
        {
            return DateAt(text, at) ?? new(TokenKind.Number, at, text[at..NumberEnd(text, at)]);
        }

        if (char.IsAsciiLetter(c))
        {
            return new(TokenKind.Name, at, text[at..NameEnd(text, at)]);
        }

        if (c is '\'' or '"')
        {
            var end = text.IndexOf(c, at + 1);
            return end < 0
                ? throw new ExpressionFaultException(at, text[at..], $"text that ends with {c}")
                : new(TokenKind.Text, at, text[(at + 1)..end]);
        }

        foreach (var symbol in s_longSymbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
            {
                return new(TokenKind.Symbol, at, symbol);
            }
        }

        return "+-*/()<>=,%".Contains(c, StringComparison.Ordinal)
            ? new(TokenKind.Symbol, at, c.ToString())
            : throw new ExpressionFaultException(at, Shown(c), "a letter a-z, a digit, or one of + - * / ( ) < > = , % and quotes");
    }

    private static Token? DateAt(string text, int at)
    {
        var end = at + DateLength;
        if (end > text.Length || text[at + 4] != '-' || text[at + 7] != '-' || text.AsSpan(at, DateLength).Count('-') != 2 || text.AsSpan(at, DateLength).ContainsAnyExcept(s_dateCharacters))
        {
            return null;
        }

        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is 'T' or 'Z' or ':' or '.'))
        {
            end++;
        }

        return Instant.TryParse(text[at..end], out _)
            ? new(TokenKind.Date, at, text[at..end])
            : throw new ExpressionFaultException(at, text[at..end], Instant.Rule);
    }

    /// <summary>Digits, a point with digits, a size: 12.5bn.</summary>
    private static int NumberEnd(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || (text[at] == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))))
        {
            at++;
        }

        return at;
    }

    private static int NameEnd(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_' || (text[at] is '-' or '.' && at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at + 1]))))
        {
            at++;
        }

        return at;
    }

    private static string Shown(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || !char.IsAscii(c) ? string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}") : c.ToString();
}
