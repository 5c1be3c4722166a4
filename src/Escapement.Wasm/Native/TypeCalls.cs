using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]

namespace Escapement.Wasm.Native;

/// <summary>What a name of a component or an instance stands for.</summary>
internal enum ItemKind : byte
{
    Component,
    Instance,
    Module,
    Function,
    Resource,
    CoreFunction,
    Type,
}

/// <summary>The shapes of component values, in the engine's order.</summary>
internal enum ValueKind : byte
{
    Bool,
    S8,
    S16,
    S32,
    S64,
    U8,
    U16,
    U32,
    U64,
    F32,
    F64,
    Char,
    String,
    List,
    Record,
    Tuple,
    Variant,
    Enum,
    Option,
    Result,
    Flags,
    Own,
    Borrow,
    Future,
    Stream,
    ErrorContext,
    Map,
    FixedLengthList,
}

/// <summary>An item as the engine gives it; to be deleted.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct NativeItem
{
    [FieldOffset(0)]
    public ItemKind Kind;

    [FieldOffset(8)]
    public nint Type;
}

/// <summary>A value's type as the engine gives it; to be deleted.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeValueType
{
    [FieldOffset(0)]
    public ValueKind Kind;

    [FieldOffset(8)]
    public nint Type;
}

/// <summary>The engine's calls about types, by their names in its C interface.</summary>
internal static class TypeCalls
{
    [DllImport("wasmtime", EntryPoint = "wasmtime_component_type")]
    public static extern nint OfComponent(SafeHandle component);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_type_delete")]
    public static extern void DeleteComponentType(nint type);

    public static bool Import(nint component, SafeHandle engine, nuint nth, out nint name, out nuint length, out NativeItem item) =>
        Item(ImportNth(component, engine, nth, out name, out length, out var given), given, out item);

    public static bool Export(nint component, SafeHandle engine, byte[] name, out NativeItem item) =>
        Item(ExportGet(component, engine, name, (nuint)name.Length, out var given), given, out item);

    public static bool InstanceExport(nint instance, SafeHandle engine, nuint nth, out nint name, out nuint length, out NativeItem item) =>
        Item(InstanceExportNth(instance, engine, nth, out name, out length, out var given), given, out item);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_item_delete")]
    public static extern void Delete(ref NativeItem item);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_func_type_param_nth")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static extern bool Parameter(nint function, nuint nth, out nint name, out nuint length, out NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_func_type_result")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static extern bool Result(nint function, out NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_valtype_delete")]
    public static extern void Delete(ref NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_list_type_element")]
    public static extern void ListElement(nint list, out NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_fixed_length_list_type_element")]
    public static extern void FixedListElement(nint list, out NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_map_type_key")]
    public static extern void MapKey(nint map, out NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_map_type_value")]
    public static extern void MapValue(nint map, out NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_record_type_field_nth")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static extern bool Field(nint record, nuint nth, out nint name, out nuint length, out NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_tuple_type_types_nth")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static extern bool TupleItem(nint tuple, nuint nth, out NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_variant_type_case_nth")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static extern bool Case(
        nint variant, nuint nth, out nint name, out nuint length, [MarshalAs(UnmanagedType.I1)] out bool hasPayload, out NativeValueType payload);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_enum_type_names_nth")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static extern bool EnumName(nint type, nuint nth, out nint name, out nuint length);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_flags_type_names_nth")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static extern bool FlagName(nint flags, nuint nth, out nint name, out nuint length);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_option_type_ty")]
    public static extern void OptionPayload(nint option, out NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_result_type_ok")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static extern bool ResultOk(nint result, out NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_result_type_err")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static extern bool ResultError(nint result, out NativeValueType type);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_resource_type_clone")]
    public static extern nint CloneResource(nint resource);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_resource_type_equal")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static extern bool SameResource(nint left, nint right);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_resource_type_new_host")]
    public static extern nint NewResource(uint number);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_resource_type_delete")]
    public static extern void DeleteResource(nint resource);

    public static string Text(nint at, nuint length) => Marshal.PtrToStringUTF8(at, (int)length);

    private static bool Item(bool found, nint given, out NativeItem item)
    {
        item = default;
        if (found)
        {
            TypeOf(given, out item);
            DeleteExtern(given);
        }

        return found;
    }

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_type_import_nth")]
    [return: MarshalAs(UnmanagedType.I1)]
    private static extern bool ImportNth(nint component, SafeHandle engine, nuint nth, out nint name, out nuint length, out nint given);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_type_export_get")]
    [return: MarshalAs(UnmanagedType.I1)]
    private static extern bool ExportGet(nint component, SafeHandle engine, byte[] name, nuint length, out nint given);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_instance_type_export_nth")]
    [return: MarshalAs(UnmanagedType.I1)]
    private static extern bool InstanceExportNth(nint instance, SafeHandle engine, nuint nth, out nint name, out nuint length, out nint given);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_extern_type")]
    private static extern void TypeOf(nint given, out NativeItem item);

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_extern_delete")]
    private static extern void DeleteExtern(nint given);
}
