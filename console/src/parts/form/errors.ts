export type Errors = Readonly<Record<string, string>>;

/** Whether a field of a form is what a message is about: it, or a part of it. */
export const covers = (field: string, name: string) => name === field || name.startsWith(`${field}[`) || name.startsWith(`${field}.`);

/** The message about a field, or about one of its parts. */
export const errorOf = (errors: Errors, field: string) => Object.entries(errors).find(([name]) => covers(field, name))?.[1];
