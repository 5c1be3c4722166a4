using System.Runtime.InteropServices;

namespace Escapement.Wasm.Components;

/// <content>The functions of the engine's C interface that tell types (<c>wasmtime/component/types</c>).</content>
#pragma warning disable IDE1006, SA1300 // named as there
internal static partial class NativeTypes
{
    [LibraryImport(Library)]
    private static partial nint wasmtime_component_type(nint component);

    [LibraryImport(Library)]
    private static partial void wasmtime_component_type_delete(nint type);

    [LibraryImport(Library)]
    private static partial nuint wasmtime_component_type_import_count(nint type, nint engine);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_type_import_nth(nint type, nint engine, nuint n, out nint name, out nuint length, out nint item);

    [LibraryImport(Library)]
    private static partial nuint wasmtime_component_type_export_count(nint type, nint engine);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_type_export_nth(nint type, nint engine, nuint n, out nint name, out nuint length, out nint item);

    [LibraryImport(Library)]
    private static partial nuint wasmtime_component_instance_type_export_count(nint type, nint engine);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_instance_type_export_nth(nint type, nint engine, nuint n, out nint name, out nuint length, out nint item);

    [LibraryImport(Library)]
    private static partial void wasmtime_component_extern_type(nint item, out Item type);

    [LibraryImport(Library)]
    private static partial void wasmtime_component_extern_delete(nint item);

    [LibraryImport(Library)]
    private static partial void wasmtime_component_item_delete(ref Item item);

    [LibraryImport(Library)]
    private static partial nuint wasmtime_component_func_type_param_count(nint function);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_func_type_param_nth(nint function, nuint n, out nint name, out nuint length, out ValueType type);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_func_type_result(nint function, out ValueType type);

    [LibraryImport(Library)]
    private static partial void wasmtime_component_valtype_delete(ref ValueType type);

    [LibraryImport(Library)]
    private static partial void wasmtime_component_list_type_element(nint list, out ValueType type);

    [LibraryImport(Library)]
    private static partial nuint wasmtime_component_record_type_field_count(nint record);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_record_type_field_nth(nint record, nuint n, out nint name, out nuint length, out ValueType type);

    [LibraryImport(Library)]
    private static partial nuint wasmtime_component_tuple_type_types_count(nint tuple);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_tuple_type_types_nth(nint tuple, nuint n, out ValueType type);

    [LibraryImport(Library)]
    private static partial nuint wasmtime_component_variant_type_case_count(nint variant);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_variant_type_case_nth(
        nint variant, nuint n, out nint name, out nuint length, [MarshalAs(UnmanagedType.U1)] out bool hasPayload, out ValueType payload);

    [LibraryImport(Library)]
    private static partial nuint wasmtime_component_enum_type_names_count(nint type);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_enum_type_names_nth(nint type, nuint n, out nint name, out nuint length);

    [LibraryImport(Library)]
    private static partial void wasmtime_component_option_type_ty(nint option, out ValueType type);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_result_type_ok(nint result, out ValueType type);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_result_type_err(nint result, out ValueType type);

    [LibraryImport(Library)]
    private static partial nuint wasmtime_component_flags_type_names_count(nint flags);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool wasmtime_component_flags_type_names_nth(nint flags, nuint n, out nint name, out nuint length);
}
