using System.Reflection;

namespace ActorFinance.Model.Tests.Values;

public sealed class IdTests
{
    [Theory]
    [InlineData("nvidia", true)]
    [InlineData("a", true)]
    [InlineData("3m", true)]
    [InlineData("data-centre-1", true)]
    [InlineData("$market", true)]
    [InlineData("outside", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("Nvidia", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a--b", false)]
    [InlineData("a_b", false)]
    [InlineData("ä", false)]
    [InlineData("$other", false)]
    public void A_company_is_a_slug_that_is_not_the_outside(string? text, bool valid) =>
        CompanyId.TryParse(text, out _).ShouldBe(valid);

    [Fact]
    public void A_slug_has_at_most_64_characters_and_a_key_128()
    {
        CompanyId.TryParse(new('a', 64), out _).ShouldBeTrue();
        CompanyId.TryParse(new('a', 65), out _).ShouldBeFalse();
        DealId.TryParse(new('a', 128), out _).ShouldBeTrue();
        DealId.TryParse(new('a', 129), out _).ShouldBeFalse();
        CommandId.TryParse(new('a', 200), out _).ShouldBeTrue();
        CommandId.TryParse(new('a', 201), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("A.b_c:d/e+f-1", true)]
    [InlineData(".a", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    public void A_key_starts_with_a_letter_or_digit_and_has_no_spaces(string text, bool valid)
    {
        DealId.TryParse(text, out _).ShouldBe(valid);
        CommitmentId.TryParse(text, out _).ShouldBe(valid);
        WarrantId.TryParse(text, out _).ShouldBe(valid);
    }

    [Fact]
    public void The_outside_is_a_holder_and_no_company()
    {
        HolderId.Outside.AsCompany().ShouldBeNull();
        HolderOf(Nvidia).AsCompany().ShouldBe(Nvidia);
        CompanyId.TryFromPersistenceId("company-nvidia", out var company).ShouldBeTrue();
        company.ShouldBe(Nvidia);
        CompanyId.TryFromPersistenceId("nvidia", out _).ShouldBeFalse();
    }

    [Fact]
    public void Event_ids_are_uuids_in_one_spelling()
    {
        EventId.TryParse("019a0000-0000-7000-8000-000000000001", out var id).ShouldBeTrue();
        id.ToString().ShouldBe("019a0000-0000-7000-8000-000000000001");
        EventId.TryParse("{019a0000-0000-7000-8000-000000000001}", out _).ShouldBeFalse();
        StepId.TryParse("nothing", out _).ShouldBeFalse();
        CommandId.TryParse("order 1", out _).ShouldBeFalse();
        CommandId.TryParse("order\ud83d\ude00", out _).ShouldBeFalse();
        Currency.TryParse("usd", out _).ShouldBeFalse();
        Currency.TryParse("EUR", out var euro).ShouldBeTrue();
        euro.ShouldBe(Euro);
    }

    [Fact]
    public void No_public_type_of_the_model_can_be_changed_after_it_is_made()
    {
        var settable =
            from type in typeof(Company).Assembly.GetExportedTypes()
            where !type.IsSubclassOf(typeof(Exception))
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            where property.SetMethod is { IsPublic: true } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
            select $"{type.Name}.{property.Name}";
        settable.ShouldBeEmpty();

        var fields =
            from type in typeof(Company).Assembly.GetExportedTypes()
            from field in type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            where !type.IsEnum && !field.IsLiteral && !field.IsInitOnly
            select $"{type.Name}.{field.Name}";
        fields.ShouldBeEmpty();
    }

    [Fact]
    public void Lists_and_digests_compare_by_content()
    {
        ValueList<int> list = [1, 2];
        list.ShouldBe([1, 2]);
        list.Equals(new[] { 1, 2 }.ToValueList()).ShouldBeTrue();
        list.GetHashCode().ShouldBe(new[] { 1, 2 }.ToValueList().GetHashCode());
        list.Equals([2, 1]).ShouldBeFalse();
        list.Equals([1, 2, 3]).ShouldBeFalse();
        (Terms(Acme, null) with { Sums = [Deal] }).ShouldBe(Terms(Acme, null) with { Sums = [Deal] });
        Terms(Acme, null).ShouldNotBe(Terms(Acme, null) with { Sums = [Deal] });

        var bytes = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        new Digest(bytes).ToArray().ShouldBe(bytes);
        (new Digest(bytes) == new Digest([.. bytes])).ShouldBeTrue();
        (new Digest(bytes) == default).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => new Digest(bytes.AsSpan(1)));
    }
}
