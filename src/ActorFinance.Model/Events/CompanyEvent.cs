namespace ActorFinance.Model;

/// <summary>A fact that one company emitted, without the particulars that every event carries (<see cref="EventHeader"/>).</summary>
public abstract record CompanyEvent;
