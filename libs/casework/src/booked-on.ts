/** Where the bank's own day stands in an event that tells its news. */
const told: Readonly<Record<string, string>> = { 'disbursement.settled': 'paidOn', 'disbursement.returned': 'returnedOn' };

/**
 * The day a movement stands on in the books: the bank's own where its news is told, which may be heard days later, so that a day of ours
 * compares with that day's statement; else the day of the event.
 */
export function bookedOn(event: { readonly type: string; readonly on: string; readonly data: Readonly<Record<string, unknown>> }): string {
  const day = event.data[told[event.type] ?? ''];
  return typeof day === 'string' ? day : event.on;
}
