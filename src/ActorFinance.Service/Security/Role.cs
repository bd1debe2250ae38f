namespace ActorFinance.Service.Security;

/// <summary>What a caller may do; each includes those before it.</summary>
public enum Role
{
    /// <summary>Anyone, without a key: whether the service lives, and what its words mean.</summary>
    Anyone,
    Read,
    Write,
    Admin,
}

/// <summary>Who sent a request. The name goes into the events that the caller's commands become.</summary>
public sealed record Caller(string Name, Role Role)
{
    /// <summary>On the loopback address, where no keys are set.</summary>
    public static Caller Local { get; } = new("local", Role.Admin);

    public static Caller Unknown { get; } = new("unknown", Role.Anyone);
}
