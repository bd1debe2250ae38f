namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>
/// Recursive descent over the grammar of docs/agreements.md, one method a rule. Nesting is bounded, so that no text can exhaust the stack.
/// <code>
/// expression = conjunction { "or" conjunction }
/// conjunction = negation { "and" negation }
/// negation = [ "not" ] comparison
/// comparison = sum [ ( "=" | "&lt;&gt;" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) sum ]
/// sum = product { ( "+" | "-" ) product }
/// product = factor { ( "*" | "/" ) factor }
/// factor = [ "-" ] primary
/// primary = number [ "%" | currency | "shares" | unit ] | date | text | "true" | "false" | choice | call | name | "(" expression ")"
/// choice = "if" expression "then" expression "else" expression
/// call = name "(" [ argument { "," argument } ] ")"
/// argument = [ "last" | "from" | "to" | "deal" | "class" ] expression
/// </code>
/// </summary>
internal sealed class ExpressionParser
{
    public const int DepthLimit = 64;

    private static readonly string[] s_words = ["last", "from", "to", "deal", "class"];
    private static readonly string[] s_keywords = ["and", "or", "not", "if", "then", "else", "true", "false"];

    private readonly IReadOnlyList<Token> _tokens;
    private int _next;
    private int _depth;

    private ExpressionParser(IReadOnlyList<Token> tokens) => _tokens = tokens;

    /// <exception cref="ExpressionFaultException">The text is no expression.</exception>
    public static Syntax Parse(string text)
    {
        var parser = new ExpressionParser(Tokens.Of(text));
        var whole = parser.Expression();
        return parser.Current.Kind == TokenKind.End ? whole : throw parser.Unexpected("the end of the expression or an operator");
    }

    private Token Current => _tokens[_next];

    private Syntax Expression()
    {
        if (++_depth > DepthLimit)
        {
            throw new ExpressionFaultException(Current.Offset, Current.Text, $"nested at most {DepthLimit} deep");
        }

        var left = Conjunction();
        while (TakeWord("or") is { } at)
        {
            left = new Syntax.Binary(at, "or", left, Conjunction());
        }

        _depth--;
        return left;
    }

    private Syntax Conjunction()
    {
        var left = Negation();
        while (TakeWord("and") is { } at)
        {
            left = new Syntax.Binary(at, "and", left, Negation());
        }

        return left;
    }

    private Syntax Negation() => TakeWord("not") is { } at ? new Syntax.Unary(at, "not", Comparison()) : Comparison();

    private Syntax Comparison()
    {
        var left = Sum();
        return TakeSymbol("=", "<>", "<", "<=", ">", ">=") is { } found ? new Syntax.Binary(found.Offset, found.Text, left, Sum()) : left;
    }

    private Syntax Sum()
    {
        var left = Product();
        while (TakeSymbol("+", "-") is { } found)
        {
            left = new Syntax.Binary(found.Offset, found.Text, left, Product());
        }

        return left;
    }

    private Syntax Product()
    {
        var left = Factor();
        while (TakeSymbol("*", "/") is { } found)
        {
            left = new Syntax.Binary(found.Offset, found.Text, left, Factor());
        }

        return left;
    }

    private Syntax Factor() => TakeSymbol("-") is { } minus ? new Syntax.Unary(minus.Offset, "-", Primary()) : Primary();

    private Syntax Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _next++;
                return Amount(token);
            case TokenKind.Date:
                _next++;
                return new Syntax.Literal(token.Offset, ExpressionValue.Date(Value.Parse<Instant>(token.Text)));
            case TokenKind.Text:
                _next++;
                return new Syntax.Literal(token.Offset, ExpressionValue.Text(token.Text));
            case TokenKind.Name:
                return Named(token);
            case TokenKind.Symbol when token.Text == "(":
                _next++;
                var inner = Expression();
                Require(")");
                return inner;
            default:
                throw Unexpected("a number, a name, a call or an expression in parentheses");
        }
    }

    private Syntax Named(Token token)
    {
        _next++;
        switch (token.Text)
        {
            case "true" or "false":
                return new Syntax.Literal(token.Offset, ExpressionValue.Truth(token.Text == "true"));
            case "if":
                var condition = Expression();
                RequireWord("then");
                var then = Expression();
                RequireWord("else");
                return new Syntax.Choice(token.Offset, condition, then, Expression());
            case var word when s_keywords.Contains(word):
                _next--;
                throw Unexpected("a value");
            default:
                return TakeSymbol("(") is null ? new Syntax.Name(token.Offset, token.Text) : new Syntax.Call(token.Offset, token.Text, Arguments());
        }
    }

    private List<Argument> Arguments()
    {
        var arguments = new List<Argument>();
        if (TakeSymbol(")") is not null)
        {
            return arguments;
        }

        do
        {
            var word = Current is { Kind: TokenKind.Name } name && s_words.Contains(name.Text) && _tokens[_next + 1] is { Kind: not TokenKind.Symbol and not TokenKind.End } ? name.Text : null;
            _next += word is null ? 0 : 1;
            arguments.Add(new(word, Expression()));
        }
        while (TakeSymbol(",") is not null);
        Require(")");
        return arguments;
    }

    /// <summary>A number with what it counts.</summary>
    private Syntax Amount(Token token)
    {
        if (!Numbers.TryParse(token.Text, out var number))
        {
            throw new ExpressionFaultException(token.Offset, token.Text, "a number such as 12.5, 10bn, 6.5m or 350k");
        }

        if (TakeSymbol("%") is not null)
        {
            return new Syntax.Literal(token.Offset, ExpressionValue.Ratio(number / 100));
        }

        if (Current.Kind == TokenKind.Name)
        {
            if (Currency.TryParse(Current.Text, out var currency))
            {
                _next++;
                return new Syntax.Literal(token.Offset, ExpressionValue.Money(number, currency));
            }

            if (CalendarUnit.TryParse(Current.Text, out var unit))
            {
                _next++;
                return decimal.IsInteger(number) && number <= CalendarUnit.Limit
                    ? new Syntax.Literal(token.Offset, ExpressionValue.Duration(unit.Months * (int)number, unit.Days * number))
                    : throw new ExpressionFaultException(token.Offset, $"{token.Text} {Current.Text}", $"a whole number of at most {CalendarUnit.Limit} in a duration");
            }

            if (Current.Text is "shares" or "share" && _tokens[_next + 1].Text != "(")
            {
                _next++;
                return new Syntax.Literal(token.Offset, ExpressionValue.Shares(number));
            }
        }

        return new Syntax.Literal(token.Offset, ExpressionValue.Ratio(number));
    }

    private int? TakeWord(string word)
    {
        if (Current is not { Kind: TokenKind.Name } || Current.Text != word)
        {
            return null;
        }

        return _tokens[_next++].Offset;
    }

    private Token? TakeSymbol(params ReadOnlySpan<string> symbols)
    {
        if (Current.Kind != TokenKind.Symbol || !symbols.Contains(Current.Text))
        {
            return null;
        }

        return _tokens[_next++];
    }

    private void Require(string symbol)
    {
        if (TakeSymbol(symbol) is null)
        {
            throw Unexpected($"'{symbol}' here{(Current.Kind == TokenKind.End ? " (between { and } an expression with a comma stands in quotes)" : "")}");
        }
    }

    private void RequireWord(string word)
    {
        if (TakeWord(word) is null)
        {
            throw Unexpected($"'{word}' here");
        }
    }

    private ExpressionFaultException Unexpected(string rule) => new(Current.Offset, Current.Kind == TokenKind.End ? "the end" : Current.Text, rule);
}
