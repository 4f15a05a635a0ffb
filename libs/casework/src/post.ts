import { batchLineRemoved, type Entry, type Movement, postingsFor } from '@tranche/ledger';
import { bookedOn } from './booked-on.js';
import { placeOf, put, type Scene, type Work } from './work.js';

/** Entries grouped into postings: one per fund and book, each balanced by itself. */
export function groupEntries(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = `${entry.fund}/${entry.book}`;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

function post(work: Work, scene: Scene, eventType: string, entries: readonly Entry[]): void {
  for (const group of groupEntries(entries).values()) {
    const [first] = group;
    if (!first) continue;
    const id = scene.newId();
    put(work, 'postings', {
      id,
      fund_id: first.fund,
      book: first.book,
      event_type: eventType,
      event_id: `${work.case.id}:${scene.event.seq}`,
      business_date: bookedOn(scene.event),
      case_id: work.case.id,
      batch_id: null,
      ...placeOf(work),
      recorded_at: scene.recordedAt,
    });
    group.forEach((entry, index) => {
      put(work, 'entries', {
        posting_id: id,
        line_no: index + 1,
        fund_id: entry.fund,
        book: entry.book,
        code: entry.account,
        amount_fen: entry.amountFen.toString(),
      });
    });
  }
}

/** The funds whose fiscal year was over on that day. */
export const endedFunds = (fundYears: Readonly<Record<string, number>>, on: string): ReadonlySet<string> =>
  new Set(Object.keys(fundYears).filter((fund) => fundYears[fund]! < Number(on.slice(0, 4))));

/** Writes what happened to money as balanced postings; nothing when nothing moved. */
export function postMovement(movement: Movement, work: Work, scene: Scene): void {
  post(work, scene, scene.event.type, postingsFor(movement, endedFunds(work.case.fundYears, scene.event.on)));
}

/** A signed line left its batch before it was sent: in-payment goes back to reserved. */
export function postLineRemoved(work: Work, scene: Scene, line: { fundId: string; amountFen: string }): void {
  post(work, scene, 'batch.line-removed', batchLineRemoved(line.fundId, BigInt(line.amountFen)));
}
