using System.Runtime.InteropServices;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Native;

/// <summary>Reads what a component imports, and how wide what it hands over can be.</summary>
internal sealed class TypeReader : IDisposable
{
    // Types are written by strangers, and a few bytes of them can stand for a million values.
    private const int MaxParts = 100_000;

    private readonly SafeHandle engine;
    private readonly Func<string, bool> given;
    private readonly List<nint> resources = [];
    private int parts;
    private int widest = 1;

    private TypeReader(Engine engine, Func<string, bool> given)
    {
        this.engine = EngineHandles.Of(engine);
        this.given = given;
    }

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
            var imports = reader.Imports(type);
            reader.Answer(type);
            return new ComponentShape(imports, reader.widest);
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
            var text = TypeCalls.Text(name, length);
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
            if (Item(TypeCalls.Text(name, length), owned) is { } read)
            {
                items.Add(read);
            }
        }

        return items;
    }

    private ImportedItem? Item(string name, OwnedItem item)
    {
        CountPart();
        return item.Kind switch
        {
            ItemKind.Instance => new ImportedItem.Instance(name, Members(item.Type)),
            ItemKind.Function => Function(name, item.Type),
            ItemKind.Resource => new ImportedItem.Resource(name, NumberOf(item.Type)),
            _ => null,
        };
    }

    private ImportedItem.Function Function(string name, nint function)
    {
        for (nuint i = 0; TypeCalls.Parameter(function, i, out _, out _, out var type); i++)
        {
            using var parameter = new OwnedType(type);
            _ = Values(parameter);
        }

        if (!TypeCalls.Result(function, out var answer))
        {
            return new ImportedItem.Function(name, null);
        }

        using var result = new OwnedType(answer);
        return new ImportedItem.Function(name, ErrorOf(result));
    }

    private void Answer(nint component)
    {
        if (!TypeCalls.Export(component, engine, "handler"u8.ToArray(), out var item))
        {
            return;
        }

        using var handler = new OwnedItem(item);
        if (handler.Kind == ItemKind.Function && TypeCalls.Result(handler.Type, out var type))
        {
            using var answer = new OwnedType(type);
            _ = Values(answer);
        }
    }

    private static OwnError? ErrorOf(OwnedType result)
    {
        if (result.Kind != ValueKind.Result || !TypeCalls.ResultError(result.Type, out var type))
        {
            return null;
        }

        using var error = new OwnedType(type);
        if (error.Kind == ValueKind.String)
        {
            return new OwnError(null);
        }

        return error.Kind == ValueKind.Enum && Words(error.Type).FirstOrDefault() is { } word ? new OwnError(word) : null;
    }

    /// <summary>The words by which an enum can say no, the clearest first.</summary>
    private static IEnumerable<string> Words(nint type)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (nuint i = 0; TypeCalls.EnumName(type, i, out var name, out var length); i++)
        {
            words.Add(TypeCalls.Text(name, length));
        }

        return new[] { "denied", "not-allowed", "internal" }.Where(words.Contains);
    }

    /// <summary>How many values one of this type is, those in lists apart.</summary>
    private int Values(OwnedType type)
    {
        CountPart();
        switch (type.Kind)
        {
            case ValueKind.List:
                TypeCalls.ListElement(type.Type, out var element);
                return List(Owned(element));
            case ValueKind.FixedLengthList:
                TypeCalls.FixedListElement(type.Type, out var fixedElement);
                return List(Owned(fixedElement));
            case ValueKind.Map:
                TypeCalls.MapKey(type.Type, out var key);
                TypeCalls.MapValue(type.Type, out var value);
                return List(Owned(key) + Owned(value));
            case ValueKind.Record:
                var fields = 1;
                for (nuint i = 0; TypeCalls.Field(type.Type, i, out _, out _, out var field); i++)
                {
                    fields += Owned(field);
                }

                return fields;
            case ValueKind.Tuple:
                var items = 1;
                for (nuint i = 0; TypeCalls.TupleItem(type.Type, i, out var item); i++)
                {
                    items += Owned(item);
                }

                return items;
            case ValueKind.Variant:
                var most = 0;
                for (nuint i = 0; TypeCalls.Case(type.Type, i, out _, out _, out var hasPayload, out var payload); i++)
                {
                    most = Math.Max(most, hasPayload ? Owned(payload) : 0);
                }

                return 1 + most;
            case ValueKind.Option:
                TypeCalls.OptionPayload(type.Type, out var some);
                return 1 + Owned(some);
            case ValueKind.Result:
                var ok = TypeCalls.ResultOk(type.Type, out var done) ? Owned(done) : 0;
                var error = TypeCalls.ResultError(type.Type, out var failed) ? Owned(failed) : 0;
                return 1 + Math.Max(ok, error);
            case ValueKind.Flags:
                return 1 + (int)TypeCalls.FlagCount(type.Type);
            default:
                return 1;
        }
    }

    private int List(int element)
    {
        widest = Math.Max(widest, element);
        return 1;
    }

    private int Owned(NativeValueType type)
    {
        using var owned = new OwnedType(type);
        return Values(owned);
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

    private void CountPart()
    {
        if (++parts > MaxParts)
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
