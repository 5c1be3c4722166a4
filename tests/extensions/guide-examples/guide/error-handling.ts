const result = await host.scheduler.create(input);
if (!result.success) {
// Check for field-specific errors
if (result.fieldErrors) {
const errors = JSON.parse(result.fieldErrors);
for (const [field, message] of Object.entries(errors)) {
console.error(`${field}: ${message}`);
}
} else {
console.error(result.error);
}
}
