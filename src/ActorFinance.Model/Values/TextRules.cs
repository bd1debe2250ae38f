namespace ActorFinance.Model;

/// <summary>The two shapes of identifier: slugs name companies, holders and share classes; keys name everything that has terms.</summary>
internal static class TextRules
{
    public const string SlugRule = "a slug of at most 64 characters: a-z and 0-9 in words joined by single hyphens";
    public const string KeyRule = "1 to 128 characters of A-Z, a-z, 0-9 and . _ : / + - that starts with a letter or digit";

    public static bool IsSlug(string? text)
    {
        if (text is not { Length: > 0 and <= 64 } || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '-' ? text[i - 1] == '-' : !char.IsAsciiDigit(c) && c is < 'a' or > 'z')
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsKey(string? text)
    {
        if (text is not { Length: > 0 and <= 128 } || !char.IsAsciiLetterOrDigit(text[0]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or ':' or '/' or '+' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
