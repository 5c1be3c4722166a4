using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Scheduling;
using Escapement.Wasm.Protocol;

namespace Escapement.Wasm.Bridges;

/// <summary>The six operations of <see cref="ISchedulerHost"/> over the pipe.</summary>
internal sealed class SchedulerBridge : CapabilityBridge
{
    private enum Operation : byte
    {
        List,
        Get,
        Create,
        Update,
        Delete,
        GetEndpoints,
    }

    public override Type Operations => typeof(ISchedulerHost);

    public override ISchedulerHost Remote(Func<WireWriter> begin, Func<WireWriter, Task<byte[]>> ask) =>
        new RemoteScheduler(operation => begin().Byte((byte)operation), ask);

    public override HostCall Read(ref WireReader arguments)
    {
        var operation = (Operation)arguments.Byte();
        var id = operation is Operation.Get or Operation.Update or Operation.Delete ? arguments.Text() : "";
        var input = operation is Operation.Create or Operation.Update ? ReadInput(ref arguments) : new ScheduleInput();
        arguments.End();
        return operation switch
        {
            Operation.List => Call(
                "scheduler.list", static (h, t) => h.ListAsync(t),
                static (w, answer) => WriteAnswer(w, answer, static (w, all) => WriteAll(w, all, WriteInfo))),
            Operation.Get => Call("scheduler.get", (h, t) => h.GetAsync(id, t), static (w, answer) => WriteAnswer(w, answer, WriteInfoIfAny)),
            Operation.Create => Call("scheduler.create", (h, t) => h.CreateAsync(input, t), WriteChange),
            Operation.Update => Call("scheduler.update", (h, t) => h.UpdateAsync(id, input, t), WriteChange),
            Operation.Delete => Call("scheduler.delete", (h, t) => h.DeleteAsync(id, t), WriteChange),
            Operation.GetEndpoints => Call(
                "scheduler.getEndpoints",
                static (h, t) => h.GetEndpointsAsync(t),
                static (w, answer) => WriteAnswer(w, answer, static (w, all) => WriteAll(w, all, WriteEndpoint))),
            _ => throw new ProtocolException($"The scheduler has no operation {operation}."),
        };
    }

    private static HostCall Call<T>(string name, Func<ISchedulerHost, CancellationToken, ValueTask<T>> call, Action<WireWriter, T> write) => new(
        name,
        async (host, token) =>
        {
            var answer = await call(host.Get<ISchedulerHost>(), token);
            var writer = new WireWriter();
            write(writer, answer);
            return writer;
        });

    private static void WriteAnswer<T>(WireWriter writer, HostAnswer<T, SchedulerError> answer, Action<WireWriter, T> write)
    {
        writer.Bool(answer.Error is not null);
        if (answer.Error is { } error)
        {
            writer.Byte((byte)error);
        }
        else
        {
            write(writer, answer.Value!);
        }
    }

    private static void WriteAll<T>(WireWriter writer, IReadOnlyList<T> all, Action<WireWriter, T> write)
    {
        writer.Int(all.Count);
        foreach (var one in all)
        {
            write(writer, one);
        }
    }

    private static void WriteInfoIfAny(WireWriter writer, ScheduleInfo? info)
    {
        writer.Bool(info is not null);
        if (info is not null)
        {
            WriteInfo(writer, info);
        }
    }

    private static void WriteInfo(WireWriter writer, ScheduleInfo info) => writer
        .Text(info.Id)
        .Text(info.EndpointPath)
        .Text(info.EndpointMethod)
        .OptionalText(info.Name)
        .Text(info.Cron)
        .Text(info.Timezone)
        .Bool(info.Enabled)
        .OptionalText(info.Payload)
        .OptionalText(info.LastRunAt)
        .OptionalText(info.LastRunStatus)
        .OptionalText(info.LastError)
        .OptionalText(info.CreatedAt);

    private static void WriteEndpoint(WireWriter writer, EndpointInfo endpoint) =>
        writer.Text(endpoint.Id).Text(endpoint.Method).Text(endpoint.Path).Text(endpoint.Handler).Bool(endpoint.Schedulable);

    private static void WriteChange(WireWriter writer, ScheduleChange change)
    {
        writer.Byte((byte)change.Kind).OptionalText(change.Schedule?.Id.ToString()).OptionalText(change.Error).Bool(change.FieldErrors is not null);
        if (change.FieldErrors is { } errors)
        {
            writer.Pairs([.. errors]);
        }
    }

    private static ScheduleInput ReadInput(ref WireReader reader) => new(
        reader.OptionalText(), reader.OptionalText(), reader.OptionalText(), reader.OptionalBool(), reader.OptionalText(), reader.OptionalText());

    private sealed class RemoteScheduler(Func<Operation, WireWriter> begin, Func<WireWriter, Task<byte[]>> ask) : ISchedulerHost
    {
        public async ValueTask<HostAnswer<IReadOnlyList<ScheduleInfo>, SchedulerError>> ListAsync(CancellationToken cancellationToken = default) =>
            ReadList(await ask(begin(Operation.List)));

        public async ValueTask<HostAnswer<ScheduleInfo?, SchedulerError>> GetAsync(string scheduleId, CancellationToken cancellationToken = default) =>
            ReadOne(await ask(begin(Operation.Get).Text(scheduleId)));

        public async ValueTask<ScheduleChange> CreateAsync(ScheduleInput input, CancellationToken cancellationToken = default) =>
            ReadChange(await ask(Input(begin(Operation.Create), input)));

        public async ValueTask<ScheduleChange> UpdateAsync(string scheduleId, ScheduleInput input, CancellationToken cancellationToken = default) =>
            ReadChange(await ask(Input(begin(Operation.Update).Text(scheduleId), input)));

        public async ValueTask<ScheduleChange> DeleteAsync(string scheduleId, CancellationToken cancellationToken = default) =>
            ReadChange(await ask(begin(Operation.Delete).Text(scheduleId)));

        public async ValueTask<HostAnswer<IReadOnlyList<EndpointInfo>, SchedulerError>> GetEndpointsAsync(CancellationToken cancellationToken = default) =>
            ReadEndpoints(await ask(begin(Operation.GetEndpoints)));

        private static WireWriter Input(WireWriter writer, ScheduleInput input) => writer
            .OptionalText(input.Endpoint)
            .OptionalText(input.Cron)
            .OptionalText(input.Timezone)
            .OptionalBool(input.Enabled)
            .OptionalText(input.Name)
            .OptionalText(input.Payload);

        private static HostAnswer<IReadOnlyList<ScheduleInfo>, SchedulerError> ReadList(byte[] answer)
        {
            var reader = new WireReader(answer);
            if (reader.Bool())
            {
                return new(null, (SchedulerError)reader.Byte());
            }

            var all = new ScheduleInfo[reader.Count(1)];
            for (var i = 0; i < all.Length; i++)
            {
                all[i] = ReadInfo(ref reader);
            }

            return new(all, null);
        }

        private static HostAnswer<ScheduleInfo?, SchedulerError> ReadOne(byte[] answer)
        {
            var reader = new WireReader(answer);
            return reader.Bool() ? new(null, (SchedulerError)reader.Byte()) : new(reader.Bool() ? ReadInfo(ref reader) : null, null);
        }

        private static HostAnswer<IReadOnlyList<EndpointInfo>, SchedulerError> ReadEndpoints(byte[] answer)
        {
            var reader = new WireReader(answer);
            if (reader.Bool())
            {
                return new(null, (SchedulerError)reader.Byte());
            }

            var all = new EndpointInfo[reader.Count(1)];
            for (var i = 0; i < all.Length; i++)
            {
                all[i] = new EndpointInfo(reader.Text(), reader.Text(), reader.Text(), reader.Text(), reader.Bool());
            }

            return new(all, null);
        }

        private static ScheduleInfo ReadInfo(ref WireReader reader) => new(
            reader.Text(),
            reader.Text(),
            reader.Text(),
            reader.OptionalText(),
            reader.Text(),
            reader.Text(),
            reader.Bool(),
            reader.OptionalText(),
            reader.OptionalText(),
            reader.OptionalText(),
            reader.OptionalText(),
            reader.OptionalText());

        private static ScheduleChange ReadChange(byte[] answer)
        {
            var reader = new WireReader(answer);
            var kind = (ScheduleChangeKind)reader.Byte();
            var id = reader.OptionalText();
            var error = reader.OptionalText();
            var fieldErrors = reader.Bool() ? new Dictionary<string, string>(reader.Pairs()) : null;
            return new ScheduleChange { Kind = kind, Schedule = id is null ? null : WithId(id), Error = error, FieldErrors = fieldErrors };
        }

        // A guest is told no more of the schedule than its id, so no more of it comes here.
        private static Schedule WithId(string id) => new()
        {
            Id = ScheduleId.TryParse(id, out var parsed) ? parsed : throw new ProtocolException("A schedule's id is none."),
            Scope = default,
            Endpoint = default!,
            Cron = "",
            TimeZone = "",
            Enabled = false,
            CreatedAt = default,
            UpdatedAt = default,
        };
    }
}
