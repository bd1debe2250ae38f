namespace ActorFinance.Scenarios.Agreements.Expressions;

internal enum TokenKind
{
    End,
    Number,
    Date,
    Text,
    Name,
    Symbol,
}

/// <summary>A word of an expression with its place in the text.</summary>
internal readonly record struct Token(TokenKind Kind, int Offset, string Text);
