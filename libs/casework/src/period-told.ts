/** Is this an event whose facts are a period's own? They never become facts of the case. */
export const tellsPeriod = (type: string): boolean => type === 'claim.filed';
