const result = await host.scheduler.create({
endpoint: 'POST /api/sync',
cron: '0 */6 * * *', // Every 6 hours
timezone: 'America/New_York',
enabled: true,
name: 'Data Sync',
payload: JSON.stringify({ fullSync: false }),
});
if (result.success) {
console.log(`Created schedule: ${result.scheduleId}`);
} else {
console.error(`Failed: ${result.error}`);
}
