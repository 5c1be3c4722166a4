async function setupSchedules(host: HostBindings): Promise<void> {
// Check for existing schedules
const existing = await host.scheduler.list();
// Skip if already configured
if (existing.some(s => s.name === 'Daily Sync')) {
return;
}
// Create default schedule
const result = await host.scheduler.create({
endpoint: 'POST /api/sync',
cron: '0 9 * * *', // Every day at 9 AM
timezone: 'UTC',
enabled: true,
name: 'Daily Sync',
});
if (!result.success) {
await host.logging.error(`Failed to create schedule: ${result.error}`);
}
}
