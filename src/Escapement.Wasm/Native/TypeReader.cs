using System.Runtime.InteropServices;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Native;

/// <summary>Reads the types of a component out of the engine.</summary>
internal sealed class TypeReader : IDisposable
{
    // Types are written by strangers, and a few bytes of them can stand for a million values.
    private const int MaxParts = 100_000;
    private const int CharactersOfAPart = 64;

    private readonly SafeHandle engine;
    private readonly Func<string, bool> given;
    private readonly List<nint> resources = [];
    private int parts;

    private TypeReader(Engine engine, Func<string, bool> given)
    {
        this.engine = EngineHandles.Of(engine);
        this.given = given;
    }

    private delegate bool ReadingWord(nint type, nuint nth, out nint name, out nuint length);

    /// <param name="engine">The engine that the component was made for.</param>
    /// <param name="component">The component.</param>
    /// <param name="given">Which imports need no look: they are given whole, and what they take is bounded by themselves.</param>
    /// <exception cref="WasmtimeException">There is more of it than any real component has.</exception>
    public static ComponentShape Read(Engine engine, Component component, Func<string, bool> given)
    {
        using var reader = new TypeReader(engine, given);
        var type = TypeCalls.OfComponent(EngineHandles.Of(component));
        try
        {
            return new ComponentShape(reader.Imports(type), reader.Handler(type));
        }
        finally
        {
            TypeCalls.DeleteComponentType(type);
            GC.KeepAlive(component);
        }
    }

    public void Dispose() => resources.ForEach(TypeCalls.DeleteResource);

    private List<ImportedItem> Imports(nint component)
    {
        var items = new List<ImportedItem>();
        for (nuint i = 0; TypeCalls.Import(component, engine, i, out var name, out var length, out var item); i++)
        {
            using var owned = new OwnedItem(item);
            var text = Name(name, length);
            if (!given(text) && Item(text, owned) is { } read)
            {
                items.Add(read);
            }
        }

        return items;
    }

    private List<ImportedItem> Members(nint instance)
    {
        var items = new List<ImportedItem>();
        for (nuint i = 0; TypeCalls.InstanceExport(instance, engine, i, out var name, out var length, out var item); i++)
        {
            using var owned = new OwnedItem(item);
            if (Item(Name(name, length), owned) is { } read)
            {
                items.Add(read);
            }
        }

        return items;
    }

    private ImportedItem? Item(string name, OwnedItem item) => item.Kind switch
    {
        ItemKind.Instance => new ImportedItem.Instance(name, Members(item.Type)),
        ItemKind.Function => new ImportedItem.Function(name, Function(item.Type)),
        ItemKind.Module => new ImportedItem.Module(name),
        ItemKind.Resource => new ImportedItem.Resource(name, NumberOf(item.Type)),
        _ => null,
    };

    private GuestFunctionType? Handler(nint component)
    {
        if (!TypeCalls.Export(component, engine, "handler"u8.ToArray(), out var item))
        {
            return null;
        }

        using var handler = new OwnedItem(item);
        return handler.Kind == ItemKind.Function ? Function(handler.Type) : null;
    }

    private GuestFunctionType Function(nint function)
    {
        var parameters = new List<GuestType>();
        for (nuint i = 0; TypeCalls.Parameter(function, i, out _, out _, out var type); i++)
        {
            parameters.Add(Taken(type));
        }

        return new GuestFunctionType(parameters, TypeCalls.Result(function, out var result) ? Taken(result) : null);
    }

    /// <summary>A type that is ours to give back.</summary>
    private GuestType Taken(NativeValueType type)
    {
        using var owned = new OwnedType(type);
        Count(1);
        return new GuestType(owned.Kind, Parts(owned.Kind, owned.Type));
    }

    private List<GuestTypePart> Parts(ValueKind kind, nint type)
    {
        switch (kind)
        {
            case ValueKind.List:
                TypeCalls.ListElement(type, out var element);
                return [new(null, Taken(element))];
            case ValueKind.FixedLengthList:
                TypeCalls.FixedListElement(type, out var fixedElement);
                return [new(null, Taken(fixedElement))];
            case ValueKind.Map:
                TypeCalls.MapKey(type, out var key);
                var keys = Taken(key);
                TypeCalls.MapValue(type, out var value);
                return [new(null, keys), new(null, Taken(value))];
            case ValueKind.Record:
                return Fields(type);
            case ValueKind.Tuple:
                return Items(type);
            case ValueKind.Variant:
                return Cases(type);
            case ValueKind.Enum:
                return Words(type, TypeCalls.EnumName);
            case ValueKind.Flags:
                return Words(type, TypeCalls.FlagName);
            case ValueKind.Option:
                TypeCalls.OptionPayload(type, out var some);
                return [new(null, Taken(some))];
            case ValueKind.Result:
                var done = TypeCalls.ResultOk(type, out var ok) ? Taken(ok) : null;
                return [new(null, done), new(null, TypeCalls.ResultError(type, out var error) ? Taken(error) : null)];
            default:
                return [];
        }
    }

    private List<GuestTypePart> Fields(nint record)
    {
        var parts = new List<GuestTypePart>();
        for (nuint i = 0; TypeCalls.Field(record, i, out var name, out var length, out var field); i++)
        {
            var type = Taken(field);
            parts.Add(new(Name(name, length), type));
        }

        return parts;
    }

    private List<GuestTypePart> Items(nint tuple)
    {
        var parts = new List<GuestTypePart>();
        for (nuint i = 0; TypeCalls.TupleItem(tuple, i, out var item); i++)
        {
            parts.Add(new(null, Taken(item)));
        }

        return parts;
    }

    private List<GuestTypePart> Cases(nint variant)
    {
        var parts = new List<GuestTypePart>();
        for (nuint i = 0; TypeCalls.Case(variant, i, out var name, out var length, out var hasPayload, out var payload); i++)
        {
            var type = hasPayload ? Taken(payload) : null;
            parts.Add(new(Name(name, length), type));
        }

        return parts;
    }

    private List<GuestTypePart> Words(nint type, ReadingWord word)
    {
        var parts = new List<GuestTypePart>();
        for (nuint i = 0; word(type, i, out var name, out var length); i++)
        {
            parts.Add(new(Name(name, length), null));
        }

        return parts;
    }

    private int NumberOf(nint resource)
    {
        var number = resources.FindIndex(known => TypeCalls.SameResource(known, resource));
        if (number >= 0)
        {
            return number;
        }

        resources.Add(TypeCalls.CloneResource(resource));
        return resources.Count - 1;
    }

    private string Name(nint at, nuint length)
    {
        Count(1 + (int)Math.Min(length / CharactersOfAPart, MaxParts));
        return TypeCalls.Text(at, length);
    }

    private void Count(int more)
    {
        parts += more;
        if (parts > MaxParts)
        {
            throw new WasmtimeException("the types of what it imports are too large.");
        }
    }

    private sealed class OwnedItem(NativeItem item) : IDisposable
    {
        private NativeItem item = item;

        public ItemKind Kind => item.Kind;

        public nint Type => item.Type;

        public void Dispose() => TypeCalls.Delete(ref item);
    }

    private sealed class OwnedType(NativeValueType type) : IDisposable
    {
        private NativeValueType type = type;

        public ValueKind Kind => type.Kind;

        public nint Type => type.Type;

        public void Dispose() => TypeCalls.Delete(ref type);
    }
}
