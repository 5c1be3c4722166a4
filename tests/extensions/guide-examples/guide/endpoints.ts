const endpoints = await host.scheduler.getEndpoints();
const schedulable = endpoints.filter(e => e.schedulable);
console.log('Schedulable endpoints:');
for (const ep of schedulable) {
console.log(` ${ep.method} ${ep.path}`);
}
