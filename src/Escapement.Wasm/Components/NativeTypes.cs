using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Components;

/// <summary>
/// The types of a component's functions, as texts: <c>(string,option&lt;u64&gt;)->result&lt;_,enum{denied,internal}&gt;</c>. Names of records and of
/// parameters are left out, because nothing depends on them. The engine's C interface tells the types; the .NET binding does not pass them on.
/// </summary>
internal static partial class NativeTypes
{
    /// <summary>What an import is that is no interface but a module.</summary>
    public const string CoreModule = "core module";

    private const string Library = "wasmtime";
    private const byte InstanceItem = 1;
    private const byte ModuleItem = 2;
    private const byte FunctionItem = 3;

    private static readonly string[] Primitives = ["bool", "s8", "s16", "s32", "s64", "u8", "u16", "u32", "u64", "f32", "f64", "char", "string"];

    private delegate nuint Counting(nint owner);

    private delegate bool ReadingName(nint owner, nuint n, out nint name, out nuint length);

    private delegate bool ReadingExtern(nint owner, nint engine, nuint n, out nint name, out nuint length, out nint item);

    /// <summary>
    /// The functions of all interfaces that a component imports, as <c>interface#function</c>, with the modules that it imports; and the functions
    /// that it exports itself.
    /// </summary>
    public static (Dictionary<string, string> Imports, Dictionary<string, string> Exports) Of(Engine engine, Component component)
    {
        var native = ((SafeHandle)HandleOf(engine)).DangerousGetHandle();
        var type = wasmtime_component_type(((SafeHandle)HandleOf(component)).DangerousGetHandle());
        try
        {
            var imports = new Dictionary<string, string>(StringComparer.Ordinal);
            var exports = new Dictionary<string, string>(StringComparer.Ordinal);
            Read(type, native, wasmtime_component_type_import_count(type, native), wasmtime_component_type_import_nth, (name, item) =>
            {
                if (item.Kind == InstanceItem)
                {
                    ReadInterface(name, item.Pointer, native, imports);
                }
                else if (item.Kind == ModuleItem)
                {
                    imports[name] = CoreModule;
                }
            });
            Read(type, native, wasmtime_component_type_export_count(type, native), wasmtime_component_type_export_nth, (name, item) =>
            {
                if (item.Kind == FunctionItem)
                {
                    exports[name] = Function(item.Pointer);
                }
            });
            return (imports, exports);
        }
        finally
        {
            wasmtime_component_type_delete(type);
            GC.KeepAlive(engine);
            GC.KeepAlive(component);
        }
    }

    private static void ReadInterface(string name, nint instance, nint engine, Dictionary<string, string> functions)
    {
        var count = wasmtime_component_instance_type_export_count(instance, engine);
        Read(instance, engine, count, wasmtime_component_instance_type_export_nth, (function, item) =>
        {
            if (item.Kind == FunctionItem)
            {
                functions[$"{name}#{function}"] = Function(item.Pointer);
            }
        });
    }

    private static void Read(nint owner, nint engine, nuint count, ReadingExtern nth, Action<string, Item> take)
    {
        for (nuint i = 0; i < count; i++)
        {
            if (nth(owner, engine, i, out var name, out var length, out var found))
            {
                wasmtime_component_extern_type(found, out var item);
                take(Text(name, length), item);
                wasmtime_component_item_delete(ref item);
                wasmtime_component_extern_delete(found);
            }
        }
    }

    private static string Function(nint function)
    {
        var parameters = new List<string>();
        for (nuint i = 0; i < wasmtime_component_func_type_param_count(function); i++)
        {
            wasmtime_component_func_type_param_nth(function, i, out _, out _, out var type);
            parameters.Add(Taken(type));
        }

        var result = wasmtime_component_func_type_result(function, out var answer) ? "->" + Taken(answer) : "";
        return $"({string.Join(',', parameters)}){result}";
    }

    // The text of a type that is ours to give back.
    private static string Taken(ValueType type)
    {
        var text = Text(type);
        wasmtime_component_valtype_delete(ref type);
        return text;
    }

    private static string Text(ValueType type)
    {
        var at = type.Pointer;
        switch (type.Kind)
        {
            case < 13:
                return Primitives[type.Kind];
            case 13:
                wasmtime_component_list_type_element(at, out var element);
                return $"list<{Taken(element)}>";
            case 14:
                return $"record{{{string.Join(',', Fields(at))}}}";
            case 15:
                return $"tuple<{string.Join(',', Tuple(at))}>";
            case 16:
                return $"variant{{{string.Join(',', Cases(at))}}}";
            case 17:
                return $"enum{{{string.Join(',', Names(at, wasmtime_component_enum_type_names_count, wasmtime_component_enum_type_names_nth))}}}";
            case 18:
                wasmtime_component_option_type_ty(at, out var inner);
                return $"option<{Taken(inner)}>";
            case 19:
                var ok = wasmtime_component_result_type_ok(at, out var good) ? Taken(good) : "_";
                var error = wasmtime_component_result_type_err(at, out var bad) ? Taken(bad) : "_";
                return $"result<{ok},{error}>";
            case 20:
                return $"flags{{{string.Join(',', Names(at, wasmtime_component_flags_type_names_count, wasmtime_component_flags_type_names_nth))}}}";
            case 21 or 22:
                return "resource";
            default:
                return "async";
        }
    }

    private static IEnumerable<string> Fields(nint record)
    {
        for (nuint i = 0; i < wasmtime_component_record_type_field_count(record); i++)
        {
            wasmtime_component_record_type_field_nth(record, i, out var name, out var length, out var type);
            yield return $"{Text(name, length)}:{Taken(type)}";
        }
    }

    private static IEnumerable<string> Tuple(nint tuple)
    {
        for (nuint i = 0; i < wasmtime_component_tuple_type_types_count(tuple); i++)
        {
            wasmtime_component_tuple_type_types_nth(tuple, i, out var type);
            yield return Taken(type);
        }
    }

    private static IEnumerable<string> Cases(nint variant)
    {
        for (nuint i = 0; i < wasmtime_component_variant_type_case_count(variant); i++)
        {
            wasmtime_component_variant_type_case_nth(variant, i, out var name, out var length, out var has, out var type);
            yield return has ? $"{Text(name, length)}({Taken(type)})" : Text(name, length);
        }
    }

    private static IEnumerable<string> Names(nint owner, Counting count, ReadingName nth)
    {
        for (nuint i = 0; i < count(owner); i++)
        {
            nth(owner, i, out var name, out var length);
            yield return Text(name, length);
        }
    }

    private static string Text(nint name, nuint length) => Marshal.PtrToStringUTF8(name, (int)length);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_NativeHandle")]
    [return: UnsafeAccessorType("Wasmtime.Components.Component+Handle, Wasmtime.Dotnet")]
    private static extern object HandleOf(Component component);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_NativeHandle")]
    [return: UnsafeAccessorType("Wasmtime.Engine+Handle, Wasmtime.Dotnet")]
    private static extern object HandleOf(Engine engine);

    [StructLayout(LayoutKind.Sequential)]
    private struct ValueType
    {
        public byte Kind;
        public nint Pointer;
    }

    // The second half is there for an item that is a type, which lies in it as a whole.
    [StructLayout(LayoutKind.Sequential)]
    private struct Item
    {
        public byte Kind;
        public nint Pointer;
        public nint Rest;
    }
}
