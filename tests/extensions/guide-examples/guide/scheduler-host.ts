interface SchedulerHost {
list(): Promise<ScheduleInfo[]>;
get(scheduleId: string): Promise<ScheduleInfo | null>;
create(input: CreateScheduleInput): Promise<CreateScheduleResult>;
update(scheduleId: string, input: UpdateScheduleInput): Promise<UpdateScheduleResult>;
delete(scheduleId: string): Promise<DeleteScheduleResult>;
getEndpoints(): Promise<EndpointInfo[]>;
}
