namespace Escapement.Wasm.Protocol;

/// <summary>What a frame says. The numbers are the protocol's; host and worker are always of one build.</summary>
internal enum FrameKind : byte
{
    /// <summary>Host to worker, first: the limits it works under.</summary>
    Settings = 1,

    /// <summary>Worker to host: it can be given calls, and what confines it.</summary>
    Ready = 2,

    /// <summary>Host to worker: carry out a call.</summary>
    Invoke = 3,

    /// <summary>Host to worker: end a call.</summary>
    Cancel = 4,

    /// <summary>Worker to host: the guest of a call asks something of the host, and waits.</summary>
    HostCall = 5,

    /// <summary>Host to worker: the answer.</summary>
    HostAnswer = 6,

    /// <summary>Host to worker: there is no answer, for the host failed.</summary>
    HostFailed = 7,

    /// <summary>Worker to host: how a call ended.</summary>
    Ended = 8,

    /// <summary>Host to compiler: a component.</summary>
    Compile = 9,

    /// <summary>Compiler to host: native code.</summary>
    Compiled = 10,

    /// <summary>Compiler to host: why there is none.</summary>
    Refused = 11,

    /// <summary>Compiler to host, after the code: the component starts, as far as can be told.</summary>
    Starts = 13,

    /// <summary>Worker to host: what the guest of a call that goes on has logged since it was last told.</summary>
    Logged = 12,

    /// <summary>Worker to host: the code of a call could not be loaded, so that it did not begin.</summary>
    NotLoaded = 14,

    /// <summary>Host to worker, while nothing runs in it: is it there?</summary>
    Ping = 15,

    /// <summary>Worker to host: it is.</summary>
    Pong = 16,
}
