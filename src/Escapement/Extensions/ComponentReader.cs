using System.Text;

namespace Escapement.Extensions;

/// <summary>
/// Reads the parts of a component's sections that say what it imports. What it does not know, or what is cut off, makes it <see cref="IsLost"/>, and all
/// that it answers afterwards is nothing.
/// </summary>
internal ref struct ComponentReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>What a name stands for: a type, an instance.</summary>
    public const byte SortType = 3;

    /// <summary>See <see cref="SortType"/>.</summary>
    public const byte SortInstance = 5;

    private const byte SortCore = 0;
    private const byte SortValue = 2;

    // Types lie in types; real ones a few deep.
    private const int Deepest = 16;

    private ReadOnlySpan<byte> left = bytes;
    private int depth;

    public bool IsLost { get; private set; }

    /// <summary>An unsigned number, LEB128.</summary>
    public uint Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value <= uint.MaxValue ? (uint)value : (uint)Lost();
            }
        }

        return (uint)Lost();
    }

    /// <summary>The name of an import or an export.</summary>
    public string ExternalName() => Byte() is 0 or 1 ? Text() : Unknown();

    /// <summary>What an import is: its sort, and the number of its type.</summary>
    public (byte Sort, uint Index) Description()
    {
        var sort = Byte();
        switch (sort)
        {
            case SortCore:
                _ = Byte();
                return (sort, Number());
            case SortValue:
                Byte();
                ValueType();
                return (sort, 0);
            case SortType:
                return (sort, Byte() == 0 ? Number() : 0);
            case <= SortInstance:
                return (sort, Number());
            default:
                Lost();
                return default;
        }
    }

    /// <summary>An alias; answers what sort of thing it names.</summary>
    public byte Alias()
    {
        var sort = Sort();
        switch (Byte())
        {
            case 0 or 1:
                Number();
                Text();
                break;
            case 2:
                Number();
                Number();
                break;
            default:
                Lost();
                break;
        }

        return sort;
    }

    /// <summary>An export; answers what sort of thing it is.</summary>
    public byte Export()
    {
        ExternalName();
        var sort = Sort();
        Number();
        if (Byte() == 1)
        {
            Description();
        }

        return sort;
    }

    /// <summary>A type; answers the names of its functions, if it is an instance's.</summary>
    public IReadOnlyList<string> TypeWithFunctions()
    {
        const byte instance = 0x42;
        if (left.IsEmpty || left[0] != instance)
        {
            Type();
            return [];
        }

        Byte();
        var functions = new List<string>();
        Declarations(functions);
        return functions;
    }

    private void Type()
    {
        if (++depth > Deepest)
        {
            Lost();
            return;
        }

        var kind = Byte();
        switch (kind)
        {
            case 0x40 or 0x43:
                Function();
                break;
            case 0x41 or 0x42:
                Declarations(null);
                break;
            case 0x3F:
                Byte();
                Optional(function: true);
                break;
            case 0x72:
                Labelled(optional: false);
                break;
            case 0x71:
                Labelled(optional: true);
                break;
            case 0x70 or 0x6B:
                ValueType();
                break;
            case 0x67:
                ValueType();
                Number();
                break;
            case 0x6F:
                for (var count = Number(); count > 0 && !IsLost; count--)
                {
                    ValueType();
                }

                break;
            case 0x6E or 0x6D:
                for (var count = Number(); count > 0 && !IsLost; count--)
                {
                    Text();
                }

                break;
            case 0x6A:
                Optional();
                Optional();
                break;
            case 0x69 or 0x68:
                Number();
                break;
            case 0x66 or 0x65:
                Optional();
                break;
            case >= 0x73 and <= 0x7F or 0x64:
                break;
            default:
                Lost();
                break;
        }

        depth--;
    }

    private void Function()
    {
        Labelled(optional: false);
        if (Byte() == 0)
        {
            ValueType();
        }
        else
        {
            Byte();
        }
    }

    // A record's fields, a function's parameters; or a variant's cases.
    private void Labelled(bool optional)
    {
        for (var count = Number(); count > 0 && !IsLost; count--)
        {
            Text();
            if (optional)
            {
                Optional();
                Byte();
            }
            else
            {
                ValueType();
            }
        }
    }

    private void Optional(bool function = false)
    {
        if (Byte() == 1)
        {
            if (function)
            {
                Number();
            }
            else
            {
                ValueType();
            }
        }
    }

    private void Declarations(List<string>? functions)
    {
        const byte function = 1;
        for (var count = Number(); count > 0 && !IsLost; count--)
        {
            switch (Byte())
            {
                case 1:
                    Type();
                    break;
                case 2:
                    Alias();
                    break;
                case 3:
                    ExternalName();
                    Description();
                    break;
                case 4:
                    var name = ExternalName();
                    if (Description().Sort == function)
                    {
                        functions?.Add(name);
                    }

                    break;
                default:
                    Lost();
                    break;
            }
        }
    }

    private byte Sort()
    {
        var sort = Byte();
        if (sort == SortCore)
        {
            Byte();
        }

        return sort;
    }

    // Either a type's number or a primitive, which is a negative number of one byte.
    private void ValueType()
    {
        while (Byte() >= 0x80)
        {
        }
    }

    private string Text()
    {
        var length = Number();
        if (length > left.Length)
        {
            return Unknown();
        }

        var text = Encoding.UTF8.GetString(left[..(int)length]);
        left = left[(int)length..];
        return text;
    }

    private byte Byte()
    {
        if (left.IsEmpty)
        {
            return Lost();
        }

        var next = left[0];
        left = left[1..];
        return next;
    }

    private string Unknown()
    {
        Lost();
        return "";
    }

    private byte Lost()
    {
        IsLost = true;
        left = default;
        return 0;
    }
}
