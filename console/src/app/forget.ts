// What is kept outside of the queries and belongs to whoever is signed in. Each keeper says here how it forgets; a page's are there once it was opened.
const keepers = new Set<() => void>();

export const onForget = (forget: () => void): void => void keepers.add(forget);

export const forgetAll = (): void => keepers.forEach((forget) => forget());
