const schedules = await host.scheduler.list();
console.log(`Found ${schedules.length} schedules`);
for (const schedule of schedules) {
console.log(`${schedule.name}: ${schedule.cron} (${schedule.enabled ? 'enabled' : 'disabled'})`);
}
