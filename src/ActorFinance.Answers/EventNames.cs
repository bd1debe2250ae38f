using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace ActorFinance.Answers;

/// <summary>Whom an event names: its emitter, and every company and holder of its fields, however deep in its terms.</summary>
public static class EventNames
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Naming = new();

    public static IReadOnlySet<string> Of(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var names = new HashSet<string>(StringComparer.Ordinal) { recorded.Header.Emitter.Value };
        Collect(recorded.Event, names);
        return names;
    }

    private static void Collect(object? value, HashSet<string> names)
    {
        switch (value)
        {
            case null:
                break;
            case CompanyId company:
                names.Add(company.Value);
                break;
            case HolderId holder:
                names.Add(holder.Value);
                break;
            case IEnumerable list:
                foreach (var item in list)
                {
                    Collect(item, names);
                }

                break;
            default:
                foreach (var property in Naming.GetOrAdd(value.GetType(), type => NamingIn(type, [])))
                {
                    Collect(property.GetValue(value), names);
                }

                break;
        }
    }

    /// <summary>Most fields name nobody, and are not looked at for each event.</summary>
    private static PropertyInfo[] NamingIn(Type type, HashSet<Type> above) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0 && CanName(property.PropertyType, above))];

    private static bool CanName(Type type, HashSet<Type> above)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(CompanyId) || type == typeof(HolderId))
        {
            return true;
        }

        if (type != typeof(string) && type.GetInterfaces().Append(type).FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>)) is { } list)
        {
            return CanName(list.GetGenericArguments()[0], above);
        }

        return type.Assembly == typeof(CompanyEvent).Assembly && !type.IsEnum && above.Add(type) && NamingIn(type, above).Length > 0;
    }
}
